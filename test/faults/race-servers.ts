import { PostgresJournal } from '../../src/journal/postgres/journal';
import type { Command } from '../../src/ledger/command';
import type { ServiceLimits } from '../../src/service/service-limits';
import { readJournalDatabase, shapeComplaints } from '../chaos/journal-database';
import { ScriptedJournal } from '../journal/scripted-journal';
import { type LedgerServer, startLedgerOver } from '../support/ledger-server';
import type { ApiEntry } from './api-entry';
import { complaintsOf } from './checker';
import { Evidence } from './evidence';
import type { JournalContent } from './journal-file';
import { LedgerClient } from './ledger-client';
import { Witness } from './requests';

const connections = 64;

/** What came of a command: the code of its refusal, or its entry. */
export interface Outcome {
  readonly code: string | null;
  readonly entry: ApiEntry | null;
}

/** A command without what the race adds: its texts, and the entry that it is about. */
type Asked = Without<Command>;
type Without<Kind extends Command> = Kind extends Command
  ? Omit<Kind, 'reference' | 'idempotencyKey' | 'target' | 'targetId'>
  : never;

/** A server in this process, with a clock that the test sets. */
export interface Racer {
  /** Milliseconds since 1970 UTC. */
  now: number;
  readonly journal: ScriptedJournal;
  readonly witness: Witness;
}

/**
 * Servers on one database of PostgreSQL, and all that their clients send and receive, to be checked
 * against the journal.
 */
export class RaceServers {
  readonly evidence = new Evidence();
  readonly racers: Racer[] = [];
  readonly #servers: LedgerServer[] = [];
  #references = 0;

  constructor(private readonly url: string) {}

  async start(now: number, limits: Partial<ServiceLimits> = {}, sweep = false): Promise<Racer> {
    const journal = new ScriptedJournal(await PostgresJournal.open(this.url));
    const clock = () => racer.now;
    const server = await startLedgerOver({ journal, limits, now: clock, sweep });
    this.#servers.push(server);
    const client = new LedgerClient(new URL(server.endpoint).origin, connections);
    const racer = { now, journal, witness: new Witness(client, this.evidence, 1) };
    this.racers.push(racer);
    return racer;
  }

  /** Sends a command about an account, or about an earlier entry of it. */
  async send(
    { witness }: Racer,
    accountId: string,
    asked: Asked,
    target: ApiEntry | null = null,
  ): Promise<Outcome> {
    this.#references += 1;
    const tags = { reference: `race ${this.#references}`, idempotencyKey: null };
    const named = target === null ? {} : { target: target.sequence };
    const command = { ...asked, ...named, ...tags } as Command & { readonly reference: string };
    const intents = [{ accountId, command, ...(target && { targetId: target.id }) }];
    const results = await witness.send({ kind: 'single', intents });
    const [result] = results ?? [];
    if (result?.kind === 'accepted') return { code: null, entry: result.entry };
    if (result?.kind === 'refused') return { code: result.refusal.code, entry: null };
    throw new Error(`no result: ${JSON.stringify(result)}`);
  }

  /**
   * Lets two commands race, each on a server of its own: both are decided before either is
   * appended, and the first is appended first.
   */
  async inOrder(
    first: readonly [Racer, () => Promise<Outcome>],
    second: readonly [Racer, () => Promise<Outcome>],
  ): Promise<[Outcome, Outcome]> {
    const racing = [first, second].map(([racer, run]) => {
      const gate = racer.journal.hold('append');
      return { gate, outcome: run() };
    });
    await Promise.all(racing.map(({ gate }) => gate.reached));
    const outcomes: Outcome[] = [];
    for (const { gate, outcome } of racing) {
      gate.open();
      outcomes.push(await outcome);
    }
    return outcomes as [Outcome, Outcome];
  }

  journal(): Promise<JournalContent> {
    return readJournalDatabase(this.url);
  }

  /** Returns what contradicts the rule, or the order of time. */
  async complaints(): Promise<string[]> {
    const journal = await this.journal();
    return [...shapeComplaints(journal), ...complaintsOf(this.evidence, journal)];
  }

  async stop(): Promise<void> {
    for (const { witness } of this.racers) witness.client.close();
    for (const server of this.#servers) await server.stop();
  }
}
