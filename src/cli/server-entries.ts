import type { ExportedEntry } from '../archive/exported-entry';
import {
  ExportAccountsDocument,
  type ExportedPageFragment,
  ExportHistoryDocument,
} from '../operations/generated/operations';
import { CommandError, exitCodes } from './command-error';
import { type LedgerClient, RequestRefused } from './ledger-client';

/** A page of a connection holds so many at most. */
const pageMax = 100;

type Page = ExportedPageFragment;

/**
 * The entries of a ledger as its server tells them, in pages: accounts by code point, each
 * account's by sequence, as `storeEntries` does from a store.
 */
export async function* serverEntries(
  client: LedgerClient,
  only: string | null,
): AsyncGenerator<ExportedEntry[]> {
  const smaller = new SmallerPages(client.url);
  if (only !== null) return yield* historyOf(client, smaller, only, null);
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await smaller.ask(async (size) => {
      const wanted = { accounts: size, entries: size, after };
      return (await client.ask(ExportAccountsDocument, wanted)).accounts;
    });
    for (const { id, history } of nodes) yield* historyOf(client, smaller, id, history);
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** @param first the page that was read already; null if none was. */
async function* historyOf(
  client: LedgerClient,
  smaller: SmallerPages,
  id: string,
  first: Page | null,
): AsyncGenerator<ExportedEntry[]> {
  for (let page = first; ; ) {
    if (page !== null && page.nodes.length > 0) yield page.nodes.map(entryOf).reverse();
    if (page !== null && !page.pageInfo.hasPreviousPage) return;
    const before: string | null = page?.pageInfo.startCursor ?? null;
    const account = await smaller.ask(async (entries) => {
      return (await client.ask(ExportHistoryDocument, { id, entries, before })).account;
    });
    if (account === null) return;
    page = account.history;
  }
}

/**
 * An answer has a bound on its rows, and a spend may bring any number of them: where an answer does
 * not fit, less is asked for, and then more again.
 */
class SmallerPages {
  private size = pageMax;

  constructor(private readonly url: string) {}

  async ask<Answer>(ask: (size: number) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        const answer = await ask(this.size);
        this.size = Math.min(pageMax, this.size * 2);
        return answer;
      } catch (error) {
        if (!(error instanceof RequestRefused)) throw error;
        if (this.size === 1) throw this.tooLarge(error);
        this.size = Math.floor(this.size / 2);
      }
    }
  }

  private tooLarge(error: RequestRefused): CommandError {
    return new CommandError(
      `${error.message} An entry of ${this.url} may be too large for an answer: export from the store, with --database.`,
      exitCodes.unreachable,
    );
  }
}

function entryOf(node: Page['nodes'][number]): ExportedEntry {
  const { accountId, sequence, id, recordedAt, reference, idempotencyKey, points } = node;
  const common = { accountId, sequence, id, recordedAt, reference, idempotencyKey, points };
  if (node.__typename === 'Transaction') {
    return { ...common, kind: 'transaction', payer: node.payer, timestamp: node.timestamp };
  }
  const allocations = node.allocations.map((allocation) => ({
    sequence: allocation.transaction.sequence,
    payer: allocation.transaction.payer,
    timestamp: allocation.transaction.timestamp,
    points: allocation.points,
  }));
  return { ...common, kind: 'spend', allocations };
}
