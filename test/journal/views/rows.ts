import { decodeEntryId } from '../../../src/ids/entry-id';
import { compareCodePoints } from '../../../src/journal/code-point-order';
import type { LedgerApi } from '../../graphql/ledger-api';
import { quoted, type Row, type ViewStore } from './store';

/** The rows of all views, each in an order that does not depend on the store. */
export interface ViewRows {
  readonly balance: readonly Row[];
  readonly openLot: readonly Row[];
  readonly allocation: readonly Row[];
}

const question = `query ($id: ID!) {
  account(id: $id) {
    balances { payer points }
    lots(first: 100) {
      nodes { remaining transaction { id sequence payer points timestamp reference } }
      pageInfo { hasNextPage }
    }
    history(first: 100) {
      nodes {
        ... on Spend {
          id
          sequence
          recordedAt
          reference
          allocations { points transaction { sequence payer timestamp } }
        }
      }
      pageInfo { hasNextPage }
    }
  }
}`;

interface Granted {
  readonly id: string;
  readonly sequence: number;
  readonly payer: string;
  readonly points: number;
  readonly timestamp: string;
  readonly reference: string | null;
}

interface Spent {
  readonly id: string;
  readonly sequence: number;
  readonly recordedAt: string;
  readonly reference: string | null;
  readonly allocations: readonly { readonly points: number; readonly transaction: Granted }[];
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

interface AccountResponse {
  readonly account: {
    readonly balances: readonly Row[];
    readonly lots: Page<{ readonly remaining: number; readonly transaction: Granted }>;
    readonly history: Page<Spent | Record<string, never>>;
  } | null;
}

/** Returns an account of the API as rows of the views. It has up to 100 entries. */
export async function apiRows(api: LedgerApi, accountId: string): Promise<ViewRows> {
  const { data, errors } = await api.send(question, { id: accountId });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  const { account } = data as AccountResponse;
  if (account === null) return { balance: [], openLot: [], allocation: [] };
  expect(account.lots.pageInfo.hasNextPage || account.history.pageInfo.hasNextPage).toBe(false);
  return ordered({
    balance: account.balances.map((row) => ({
      account_id: accountId,
      ...row,
      held: 0,
      pending: 0,
    })),
    openLot: account.lots.nodes.map(({ remaining, transaction }, index) => ({
      account_id: accountId,
      spend_order: index + 1,
      sequence: transaction.sequence,
      id: ownIdOf(transaction.id),
      payer: transaction.payer,
      earned_at: transaction.timestamp,
      reference: transaction.reference,
      points: transaction.points,
      remaining,
      expires_at: null,
    })),
    allocation: account.history.nodes
      .filter((node): node is Spent => 'allocations' in node)
      .flatMap((spend) => spend.allocations.map((part) => allocationRow(accountId, spend, part))),
  });
}

/** Returns the rows of the views for an account, or for all. */
export async function viewRows(store: ViewStore, accountId?: string): Promise<ViewRows> {
  const rows = (view: string) =>
    store.query(
      accountId === undefined
        ? `SELECT * FROM ${view}`
        : `SELECT * FROM ${view} WHERE account_id = ${quoted(accountId)}`,
    );
  return ordered({
    balance: await rows('balance'),
    openLot: await rows('open_lot'),
    allocation: await rows('allocation'),
  });
}

/** Merges the rows of several accounts. */
export function together(all: readonly ViewRows[]): ViewRows {
  return ordered({
    balance: all.flatMap(({ balance }) => balance),
    openLot: all.flatMap(({ openLot }) => openLot),
    allocation: all.flatMap(({ allocation }) => allocation),
  });
}

function allocationRow(
  accountId: string,
  spend: Spent,
  { points, transaction }: Spent['allocations'][0],
): Row {
  return {
    account_id: accountId,
    spend_sequence: spend.sequence,
    spend_id: ownIdOf(spend.id),
    spent_at: spend.recordedAt,
    spend_reference: spend.reference,
    lot_sequence: transaction.sequence,
    payer: transaction.payer,
    earned_at: transaction.timestamp,
    points,
  };
}

/** Returns the journal's id from the API's, which also holds the account and the sequence. */
export function ownIdOf(id: string): string {
  return decodeEntryId(id)?.id ?? 'no id';
}

/** Sorts the rows, since a view guarantees no order. */
function ordered({ balance, openLot, allocation }: ViewRows): ViewRows {
  const inOrder = (rows: readonly Row[]) =>
    rows
      .map((row) => ({ row, text: JSON.stringify(row) }))
      .sort((left, right) => compareCodePoints(left.text, right.text))
      .map(({ row }) => row);
  return {
    balance: inOrder(balance),
    openLot: inOrder(openLot),
    allocation: inOrder(allocation),
  };
}
