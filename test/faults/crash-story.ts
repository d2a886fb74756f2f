import { setTimeout as pause } from 'node:timers/promises';
import { encodeEntryId } from '../../src/ids/entry-id';
import type { PayerPoints } from '../../src/ledger/entry';
import type { Ended, ServerProcess } from '../e2e/server-process';
import { balancesOf, complaintsOf } from './checker';
import { Evidence } from './evidence';
import { type JournalContent, readJournalFile } from './journal-file';
import { LedgerClient } from './ledger-client';
import { Load } from './load';
import { type Call, Witness } from './requests';
import type { Servers } from './servers';

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

interface AccountAnswer {
  readonly account: {
    readonly balances: readonly PayerPoints[];
    readonly history: { readonly nodes: readonly { readonly id: string }[] };
  } | null;
}

const readAccount = `query ($id: ID!) { account(id: $id) {
  balances { payer points } history(first: ${historyPage}) { nodes { id } } } }`;

/**
 * Some accounts of one ledger through several runs of its server, each ended by a signal under
 * load.
 */
export class CrashStory {
  readonly #evidence = new Evidence();
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

  /** Puts the server under load, and ends it with a signal some time after so many responses. */
  async live({ seed, responses, signal, delayMs = 0 }: Life): Promise<Ended> {
    const server = this.#running();
    const witness = await this.#witness(server);
    const name = `${this.name}/life ${this.#life}`;
    const load = new Load({ witness, accounts: this.#accounts, name, seed });
    const running = load.run();
    await load.untilResponses(responses);
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
    const journal = readJournalFile(this.path, `${this.name}/`);
    const complaints = complaintsOf(this.#evidence, journal);
    for (const accountId of this.#accounts) {
      complaints.push(...(await responseComplaints(witness.client, accountId, journal)));
    }
    witness.client.close();
    return complaints;
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

  /** Returns recorded commands of unknown outcome. */
  recordedUnacknowledged(): string[] {
    const recorded = [...readJournalFile(this.path, `${this.name}/`).values()].flat();
    const references = new Set(recorded.map(({ reference }) => reference));
    return this.#evidence.attempts
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

/** Compares the server's response about an account with the journal. */
async function responseComplaints(
  client: LedgerClient,
  accountId: string,
  journal: JournalContent,
): Promise<string[]> {
  const { account } = await client.read<AccountAnswer>(readAccount, { id: accountId });
  const newest = journal.get(accountId)?.slice(-historyPage).toReversed();
  const shown = [account?.balances ?? null, account?.history.nodes.map(({ id }) => id)];
  const right = [balancesOf(accountId, journal), newest?.map(encodeEntryId)];
  const [seen, due] = [JSON.stringify(shown), JSON.stringify(right)];
  return seen === due ? [] : [`${accountId} is returned as ${seen}, and the journal has ${due}`];
}
