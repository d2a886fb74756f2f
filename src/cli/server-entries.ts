import { exportMark } from '../archive/export-format';
import { readEntry } from '../archive/read-entry';
import type { Entry } from '../ledger/entry';
import {
  ExportAccountsDocument,
  type ExportedPageFragment,
  ExportHistoryDocument,
} from '../operations/generated/operations';
import { CommandError, exitCodes } from './command-error';
import { NodeReader } from './exported-node';
import { type LedgerClient, RequestRefused } from './ledger-client';

/** The most nodes of a page of a connection. */
const pageMax = 100;

type Page = ExportedPageFragment;

/** Returns whether the server shows an entry of the account. */
export async function showsEntries(client: LedgerClient, id: string): Promise<boolean> {
  const variables = { id, entries: 1, before: null };
  const { account } = await client.request(ExportHistoryDocument, variables);
  return account !== null && account.history.nodes.length > 0;
}

/**
 * Reads the entries of a ledger from its server, in pages: accounts by code point, each account's
 * by sequence, as `storeEntries` does from a store.
 * @param only the accounts to read, by code point; null for all.
 */
export async function* serverEntries(
  client: LedgerClient,
  only: readonly string[] | null,
): AsyncGenerator<Entry[]> {
  const pages = new AdaptivePages();
  if (only !== null) {
    for (const id of only) yield* historyOf(client, pages, id, null);
    return;
  }
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await pages.read(async (size) => {
      const variables = { accounts: size, entries: size, after };
      return (await client.request(ExportAccountsDocument, variables)).accounts;
    });
    for (const { id, history } of nodes) yield* historyOf(client, pages, id, history);
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** @param first the newest page, if it was read already; otherwise null. */
async function* historyOf(
  client: LedgerClient,
  pages: AdaptivePages,
  id: string,
  first: Page | null,
): AsyncGenerator<Entry[]> {
  const reader = new NodeReader();
  const entryOf = (node: Page['nodes'][number]): Entry =>
    readEntry({ ...reader.read(node) }, exportMark.version);
  for (let page = first; ; ) {
    if (page !== null && page.nodes.length > 0) yield page.nodes.toReversed().map(entryOf);
    if (page !== null && !page.pageInfo.hasPreviousPage) return;
    const before: string | null = page?.pageInfo.startCursor ?? null;
    const account = await pages.read(async (entries) => {
      return (await client.request(ExportHistoryDocument, { id, entries, before })).account;
    });
    if (account === null) return;
    page = account.history;
  }
}

/**
 * Adapts the page size. The rows of a response are limited, and a spend may have any number of
 * them: a refused page is requested with half the size, and the next ones grow again.
 */
class AdaptivePages {
  private size = pageMax;

  async read<Result>(readPage: (size: number) => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        const result = await readPage(this.size);
        this.size = Math.min(pageMax, this.size * 2);
        return result;
      } catch (error) {
        if (!(error instanceof RequestRefused) || error.code !== 'BAD_USER_INPUT') throw error;
        if (this.size === 1) throw this.tooLarge(error);
        this.size = Math.floor(this.size / 2);
      }
    }
  }

  private tooLarge(error: RequestRefused): CommandError {
    return new CommandError(
      `${error.message} An entry may be too large for a response: export from the store, with ` +
        '--database.',
      exitCodes.unreachable,
    );
  }
}
