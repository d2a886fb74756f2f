import { balancesOf } from '../faults/checker';
import { groupBy } from '../faults/group-by';
import type { JournalContent } from '../faults/journal-file';
import type { LedgerClient, Reply } from '../faults/ledger-client';

const clientsPerServer = 8;
const accountCount = 6;

const addMany = `mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) {
  results { transaction { sequence } replayed errors { code } } } }`;

interface Row {
  readonly accountId: string;
  readonly reference: string;
}

/** One call, with rows of several accounts. */
interface Sent {
  readonly rows: readonly Row[];
  outcome: 'accepted' | 'failed' | 'unknown';
}

interface Data {
  readonly addTransactions: { readonly results: readonly { readonly errors: readonly object[] }[] };
}

/** Clients that know the API as it was before dates, reversals and holds. */
export class OlderClients {
  readonly #sent: Sent[] = [];
  #isOver = false;
  #failedInARow = 0;

  constructor(private readonly servers: readonly LedgerClient[]) {}

  /** Resolves after `stop`, when no request is in flight. */
  async run(): Promise<void> {
    const clients = this.servers.flatMap((server) =>
      Array.from({ length: clientsPerServer }, (_, index) => this.#client(server, index)),
    );
    await Promise.all(clients);
    for (const server of this.servers) server.close();
  }

  stop(): void {
    this.#isOver = true;
  }

  /** Resolves when the counts of calls are as they are awaited. */
  async until(
    isSo: (counts: { readonly accepted: number; readonly failedInARow: number }) => boolean,
  ): Promise<void> {
    const accepted = () => this.#sent.filter(({ outcome }) => outcome === 'accepted').length;
    while (!isSo({ accepted: accepted(), failedInARow: this.#failedInARow })) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Sends what was not accepted once more, to another server, under the same keys. */
  async sendAgain(server: LedgerClient): Promise<void> {
    for (const sent of this.#sent) {
      if (sent.outcome !== 'accepted') sent.outcome = await send(server, sent.rows);
    }
  }

  /** Returns contradictions between what was received and what is recorded, or the rule. */
  complaints(journal: JournalContent): string[] {
    const recorded = groupBy([...journal.values()].flat(), ({ reference }) => reference);
    return [
      ...this.#sent.flatMap(({ rows, outcome }) =>
        rows.flatMap(({ reference }) => {
          const times = recorded.get(reference)?.length ?? 0;
          const isRight =
            outcome === 'unknown' ? times <= 1 : times === Number(outcome === 'accepted');
          return isRight ? [] : [`${reference} is ${outcome} and occurs ${times} times`];
        }),
      ),
      ...[...journal.keys()].flatMap((accountId) => {
        try {
          balancesOf(accountId, journal);
          return [];
        } catch (error) {
          return [(error as Error).message];
        }
      }),
    ];
  }

  async #client(server: LedgerClient, index: number): Promise<void> {
    for (let count = 0; !this.#isOver; count += 1) {
      const name = `${server.origin} ${index}/${count}`;
      const rows = [0, 1, 2].map((row) => ({
        accountId: `account ${(index + count * row) % accountCount}`,
        reference: `${name}/${row}`,
      }));
      const outcome = await send(server, rows);
      this.#sent.push({ rows, outcome });
      this.#failedInARow = outcome === 'failed' ? this.#failedInARow + 1 : 0;
    }
  }
}

async function send(server: LedgerClient, rows: readonly Row[]): Promise<Sent['outcome']> {
  const transactions = rows.map(({ accountId, reference }) => {
    const grant = { accountId, payer: 'DANNON', points: 3, timestamp: '2020-01-01T00:00:00Z' };
    return { ...grant, reference, idempotencyKey: reference };
  });
  return outcomeOf(await server.ask<Data>(addMany, { input: { transactions } }));
}

function outcomeOf(reply: Reply<Data>): Sent['outcome'] {
  if (reply.kind !== 'responded' || reply.codes.includes('OUTCOME_UNKNOWN')) return 'unknown';
  if (reply.codes.length > 0) return 'failed';
  const errors = reply.data!.addTransactions.results.flatMap((result) => result.errors);
  if (errors.length > 0) throw new Error(`refused: ${JSON.stringify(errors)}`);
  return 'accepted';
}
