import { setTimeout as pause } from 'node:timers/promises';
import { encodeEntryId } from '../../src/ids/entry-id';
import type { Command } from '../../src/ledger/command';
import type { Ended, ServerProcess } from '../e2e/server-process';
import { documents } from './change-documents';
import { complaintsOf } from './checker';
import { Evidence } from './evidence';
import { type JournalContent, readJournalFile } from './journal-file';
import { LedgerClient } from './ledger-client';
import { Load } from './load';
import { type Call, Witness } from './requests';
import type { Servers } from './servers';
import { Targets } from './targets';

const accountCount = 4;
const connections = 32;
const historyPage = 100;

/** One run of the server. */
interface Life {
  /** Of the load; the order in which its requests arrive is not repeatable. */
  readonly seed: number;
  readonly responses: number;
  readonly signal: NodeJS.Signals;
  readonly delayMs?: number;
}

interface AccountHistory {
  readonly account: {
    readonly history: { readonly nodes: readonly { readonly id: string }[] };
  } | null;
}

const readHistory = `query ($id: ID!) { account(id: $id) {
  history(first: ${historyPage}) { nodes { id } } } }`;

const commandKinds = Object.keys(documents) as Command['kind'][];

/**
 * Some accounts of one ledger through several runs of its server, each ended by a signal under
 * load.
 */
export class CrashStory {
  readonly #evidence = new Evidence();
  readonly #targets = new Targets();
  readonly #accounts: readonly string[];
  #server: ServerProcess | null = null;
  #life = 0;
  #unacknowledged: readonly Call[] = [];

  /** @param name prefix of its accounts and references, used by no other story. */
  constructor(
    private readonly servers: Servers,
    private readonly path: string,
    private readonly name: string,
  ) {
    this.#accounts = Array.from({ length: accountCount }, (_, index) => `${name}/${index}`);
  }

  /** Returns how many commands were accepted, and how many have an unknown outcome. */
  get counts(): { readonly accepted: number; readonly unknown: number } {
    const of = (kind: string) =>
      this.#evidence.attempts.filter(({ result }) => result.kind === kind).length;
    return { accepted: of('accepted'), unknown: of('unknown') };
  }

  /**
   * Puts the server under load, and ends it with a signal some time after so many responses, and
   * after a command of each kind was accepted in this life or an earlier one.
   */
  async live({ seed, responses, signal, delayMs = 0 }: Life): Promise<Ended> {
    const server = this.#running();
    const witness = await this.#witness(server);
    const name = `${this.name}/life ${this.#life}`;
    const load = new Load({
      witness,
      accounts: this.#accounts,
      name,
      seed,
      targets: this.#targets,
    });
    const running = load.run();
    await load.untilResponses(responses);
    await load.until(() => this.#missingKinds().length === 0);
    await pause(delayMs);
    server.process.kill(signal);
    await running;
    witness.client.close();
    this.#unacknowledged = load.unacknowledged;
    this.#server = null;
    return server.ended;
  }

  /**
   * Starts the server again if it has ended, and returns contradictions between it, the journal and
   * the responses.
   */
  async check(): Promise<string[]> {
    const witness = await this.#witness(this.#running());
    const histories: [accountId: string, shown: readonly string[]][] = [];
    for (const accountId of this.#accounts) {
      await witness.look(accountId);
      histories.push([accountId, await historyOf(witness.client, accountId)]);
    }
    witness.client.close();
    const journal = readJournalFile(this.path, `${this.name}/`);
    const missing = this.#missingKinds().map((kind) => `no ${kind} was accepted`);
    return [
      ...missing,
      ...complaintsOf(this.#evidence, journal),
      ...histories.flatMap(([id, shown]) => historyComplaints(id, shown, journal)),
    ];
  }

  /** Sends requests of the last run without a response twice again, if a key makes that safe. */
  async sendAgain(): Promise<void> {
    const witness = await this.#witness(this.#running());
    for (const call of this.#unacknowledged) {
      await witness.send(call);
      await witness.send(call);
    }
    witness.client.close();
    this.#unacknowledged = [];
  }

  /**
   * Returns recorded commands of unknown outcome. Of a command that was sent twice, one response is
   * enough: the other request may not have been processed.
   */
  recordedUnacknowledged(): string[] {
    const recorded = [...readJournalFile(this.path, `${this.name}/`).values()].flat();
    const references = new Set(recorded.map(({ reference }) => reference));
    const { attempts } = this.#evidence;
    for (const { result, command } of attempts) {
      if (result.kind === 'accepted') references.delete(command.reference);
    }
    return attempts
      .filter(
        ({ result, command }) => result.kind === 'unknown' && references.has(command.reference),
      )
      .map(({ command }) => command.reference);
  }

  async end(): Promise<Ended> {
    const server = this.#running();
    await server.origin;
    server.process.kill('SIGTERM');
    return server.ended;
  }

  #missingKinds(): Command['kind'][] {
    const isAccepted = (kind: Command['kind']) =>
      this.#evidence.attempts.some(
        ({ command, result }) => command.kind === kind && result.kind === 'accepted',
      );
    return commandKinds.filter((kind) => !isAccepted(kind));
  }

  #running(): ServerProcess {
    if (this.#server === null) {
      this.#server = this.servers.start(this.path);
      this.#life += 1;
    }
    return this.#server;
  }

  async #witness(server: ServerProcess): Promise<Witness> {
    const client = new LedgerClient(await server.origin, connections);
    return new Witness(client, this.#evidence, this.#life);
  }
}

async function historyOf(client: LedgerClient, id: string): Promise<readonly string[]> {
  const { account } = await client.read<AccountHistory>(readHistory, { id });
  return account?.history.nodes.map((node) => node.id) ?? [];
}

/** Compares the newest entries that a server showed with a journal read later. */
function historyComplaints(
  accountId: string,
  shown: readonly string[],
  journal: JournalContent,
): string[] {
  const entries = journal.get(accountId) ?? [];
  const ids = entries.map(encodeEntryId);
  const count = shown.length === 0 ? 0 : ids.indexOf(shown[0]) + 1;
  const right = ids.slice(0, count).slice(-historyPage).toReversed();
  // What became due may have been recorded since.
  const later = entries.slice(count).filter(({ kind }) => kind !== 'lapse');
  if (JSON.stringify(shown) === JSON.stringify(right) && later.length === 0) return [];
  return [`${accountId} is returned with the entries ${shown}, and the journal has ${ids}`];
}
