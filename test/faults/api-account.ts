import type { Entry } from '../../src/ledger/entry';
import type { NaiveBooks, NaiveHold } from '../model/naive-books';
import { idOf, instant, instantOrNull, isSame, type LotPoints } from './api-values';

/** An account's state in a response of the API; null while the account is unknown. */
export interface ApiAccount extends Partial<AccountPages> {
  readonly points: number;
  readonly held: number;
  readonly pending: number;
  readonly balances: readonly Standing[];
}

/** The first page of each list, where the document selected it. */
interface AccountPages {
  readonly lots: Page<ApiLot>;
  readonly pendingLots: Page<ApiLot>;
  readonly expiries: Page<LotPoints & { readonly at: string }>;
  readonly holds: Page<ApiHold>;
}

interface Page<Node> {
  readonly nodes: readonly Node[];
}

interface Standing {
  readonly payer: string;
  readonly points: number;
  readonly held: number;
  readonly pending: number;
}

interface ApiLot {
  readonly remaining: number;
  readonly expiresAt: string | null;
  readonly transaction: { readonly id: string };
}

interface ApiHold {
  readonly id: string;
  readonly held: number;
  readonly status: string;
  readonly expiresAt: string;
}

/** The length of the first page of each list. */
const pageLength = 3;

export const accountFields = 'points held pending balances { payer points held pending }';

const lot = 'remaining expiresAt transaction { id }';

/** Selects the account's lists. */
export const accountPages = `
  lots(first: ${pageLength}) { nodes { ${lot} } }
  pendingLots(first: ${pageLength}) { nodes { ${lot} } }
  expiries(first: ${pageLength}) { nodes { at points transaction { id } } }
  holds(first: ${pageLength}) { nodes { id held status expiresAt } }`;

/** Returns the figures of an account as a text, equal for equal states. */
export function textOfAccount(account: ApiAccount | null): string {
  if (account === null) return 'unknown';
  const { points, held, pending, balances } = account;
  const standings = balances.map((each) => [each.payer, each.points, each.held, each.pending]);
  return JSON.stringify([points, held, pending, standings]);
}

/** The model after an entry, at an instant. */
export interface ModelMoment {
  readonly sequence: number;
  readonly books: NaiveBooks;
}

/** Returns the same text for the model. */
export function textOfModel({ sequence, books }: ModelMoment): string {
  return textOfAccount(sequence === 0 ? null : figuresOf(books));
}

export function figuresOf(books: NaiveBooks): ApiAccount {
  const held = books.heldByPayer();
  const pending = books.pendingByPayer();
  const balances = books.balances().map(({ payer, points }, place) => {
    return { payer, points, held: held[place].points, pending: pending[place].points };
  });
  return {
    points: sumOf(balances),
    held: sumOf(held),
    pending: sumOf(pending),
    balances,
  };
}

/** True if each list that was received is that of the model. */
export function hasPagesOf(
  account: ApiAccount,
  books: NaiveBooks,
  entries: readonly Entry[],
): boolean {
  return pages.every(
    (page) => account[page] === undefined || isSame(account[page], pageOf[page](books, entries)),
  );
}

/** Returns all lists of an account. */
export function pagesOf(books: NaiveBooks, entries: readonly Entry[]): AccountPages {
  const values = pages.map((page) => [page, pageOf[page](books, entries)]);
  return Object.fromEntries(values) as AccountPages;
}

const pages = ['lots', 'pendingLots', 'expiries', 'holds'] as const;

type Pages = { readonly [page in keyof AccountPages]: PageOf<AccountPages[page]> };
type PageOf<Content> = (books: NaiveBooks, entries: readonly Entry[]) => Content;

const pageOf: Pages = {
  lots: (books, entries) =>
    firstOf(books.openLots(), ({ remaining, expiresAt, sequence }) => {
      return lotOf(remaining, expiresAt, sequence, entries);
    }),
  pendingLots: (books, entries) => {
    const pending = books.lots.filter(({ isPending, unspent }) => isPending && unspent > 0);
    return firstOf(
      pending.sort((a, b) => a.from! - b.from! || a.sequence - b.sequence),
      ({ unspent, expiresAt, sequence }) => lotOf(unspent, expiresAt, sequence, entries),
    );
  },
  expiries: (books, entries) =>
    firstOf(books.expiring(), ({ at, points, sequence }) => {
      return { at: instant(at), points, transaction: idOf(sequence, entries) };
    }),
  holds: (books, entries) =>
    firstOf(
      books.openHolds().sort((a, b) => a.expiresAt - b.expiresAt || a.sequence - b.sequence),
      (hold) => apiHoldOf(hold, entries),
    ),
};

function apiHoldOf({ sequence, lots, expiresAt }: NaiveHold, entries: readonly Entry[]): ApiHold {
  const { id } = idOf(sequence, entries);
  return { id, held: sumOf(lots), status: 'OPEN', expiresAt: instant(expiresAt) };
}

function lotOf(
  remaining: number,
  expiresAt: number | undefined,
  sequence: number,
  entries: readonly Entry[],
): ApiLot {
  return { remaining, expiresAt: instantOrNull(expiresAt), transaction: idOf(sequence, entries) };
}

function firstOf<Given, Node>(given: readonly Given[], nodeOf: (each: Given) => Node): Page<Node> {
  return { nodes: given.slice(0, pageLength).map(nodeOf) };
}

function sumOf(parts: readonly { readonly points: number }[]): number {
  return parts.reduce((sum, { points }) => sum + points, 0);
}
