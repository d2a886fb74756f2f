import { copyFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import { points } from '../cli/points';
import { add, run, serviceOn } from '../service/service-fixture';
import { readJournalFile } from './journal-file';
import { LedgerClient } from './ledger-client';
import type { Servers } from './servers';
import { formerWalPathOf, type WalAttack } from './wal-attack';

const clients = 4;
const account = 'm';
const checkpointedCount = 10;

const addOne = `mutation ($input: AddTransactionInput!) {
  addTransaction(input: $input) { transaction { sequence } } }`;

interface Write {
  readonly reference: string;
  readonly isAcknowledged: boolean;
  readonly isSentAfterStrike: boolean;
  readonly codes: readonly string[];
}

/** Makes a ledger whose entries are all in the database, with an empty WAL. */
export async function makeCheckpointed(path: string): Promise<void> {
  const journal = await SqliteJournal.open(path);
  const service = serviceOn(journal);
  for (let count = 1; count <= checkpointedCount; count += 1) {
    await run(service, account, add(1, { reference: `checkpointed ${count}` }));
  }
  copyFileSync(`${path}-wal`, formerWalPathOf(path));
  await service.close();
}

/** A server whose ledger is attacked while clients write to it, and which is then ended. */
export class WalStory {
  readonly writes: Write[] = [];
  log = '';
  private isStruck = false;
  private references = 0;

  private readonly path: string;

  constructor(
    private readonly servers: Servers,
    private readonly attack: WalAttack,
    checkpointed: string,
  ) {
    this.path = servers.newPath();
    copyFileSync(checkpointed, this.path);
    copyFileSync(formerWalPathOf(checkpointed), formerWalPathOf(this.path));
  }

  /** Returns the status of `/readyz` after the attack. */
  async live(signal: 'SIGKILL' | 'SIGTERM'): Promise<number> {
    const server = this.servers.start(this.path);
    server.process.stdout!.on('data', (chunk) => {
      this.log += chunk;
    });
    const origin = await server.origin;
    const client = new LedgerClient(origin, clients);
    await this.write(client, 5);
    this.attack.prepare?.(this.path);
    await this.write(client, 5);
    const writing = this.writeOn(client);
    await pause(10);
    this.attack.strike(this.path);
    this.isStruck = true;
    await writing;
    const { status } = await fetch(`${origin}/readyz`);
    client.close();
    server.process.kill(signal);
    await server.ended;
    return status;
  }

  /** Returns the exit status of `points verify`. */
  async verify(): Promise<number | null> {
    return (await points(['verify', '--database', `file:${this.path}`])).code;
  }

  /** Returns what was acknowledged or checkpointed, and is missing after the next start. */
  async lost(): Promise<string[]> {
    await (await SqliteJournal.open(this.path)).close();
    const entries = readJournalFile(this.path).get(account) ?? [];
    const kept = new Set(entries.map(({ reference }) => reference));
    const checkpointed = Array.from(
      { length: checkpointedCount },
      (_, index) => `checkpointed ${index + 1}`,
    );
    const acknowledged = this.acknowledged.map(({ reference }) => reference);
    return [...checkpointed, ...acknowledged].filter((reference) => !kept.has(reference));
  }

  get acknowledged(): Write[] {
    return this.writes.filter(({ isAcknowledged }) => isAcknowledged);
  }

  get acknowledgedAfterStrike(): number {
    return this.acknowledged.filter(({ isSentAfterStrike }) => isSentAfterStrike).length;
  }

  get codes(): string[] {
    return [...new Set(this.writes.flatMap(({ codes }) => codes))].toSorted();
  }

  private async write(client: LedgerClient, count: number): Promise<void> {
    for (let done = 0; done < count; done += 1) await this.writeOne(client);
  }

  /** Writes with several clients until enough was sent after the attack. */
  private async writeOn(client: LedgerClient): Promise<void> {
    const isGoingOn = () => this.writes.filter((write) => write.isSentAfterStrike).length < 20;
    const one = async () => {
      while (isGoingOn()) await this.writeOne(client);
    };
    await Promise.all(Array.from({ length: clients }, one));
  }

  private async writeOne(client: LedgerClient): Promise<void> {
    this.references += 1;
    const reference = `in the WAL ${this.references}`;
    const isSentAfterStrike = this.isStruck;
    const timestamp = '2020-11-02T14:00:00Z';
    const input = { accountId: account, payer: 'DANNON', points: 1, reference, timestamp };
    const reply = await client.ask<object>(addOne, { input });
    const codes = reply.kind === 'responded' ? reply.codes : [reply.kind];
    this.writes.push({ reference, isAcknowledged: codes.length === 0, isSentAfterStrike, codes });
  }
}
