import type { Account } from '../../src/ledger/account';
import { lotPage } from '../../src/ledger/lot-page';
import { snapshotParts } from '../../src/ledger/snapshot';
import type { NaiveBooks } from './naive-books';
import { nextDueOf } from './naive-lapse';
import type { NaiveLife } from './naive-life';

type Lot = readonly [payer: string, timestamp: number, sequence: number, ...numbers: unknown[]];

type StoredPayer = readonly [
  name: string,
  debited: number,
  rows: readonly number[],
  ends?: readonly (number | null)[],
];

interface Part {
  readonly payers: readonly StoredPayer[];
  readonly pending?: readonly Lot[];
}

/** Returns every field of an account's state. */
export function stateOf(account: Account): object {
  const { sequence, recordedAt, points, openPoints, lotCount, nextDue } = account;
  const lots: Lot[] = [];
  const pendingLots: Lot[] = [];
  for (const text of snapshotParts(account)) {
    const part: Part = JSON.parse(text);
    for (const payer of part.payers) addLotsOf(payer, lots);
    if (part.pending !== undefined) pendingLots.push(...part.pending);
  }
  const payers = [...account.payers.values()];
  return {
    sequence,
    recordedAt,
    points,
    openPoints,
    lotCount,
    nextDue,
    balances: account.balances(),
    pending: payers.map(({ pending }) => pending),
    held: payers.map(({ held }) => held),
    holds: account.holds.inOrder().map((hold) => {
      const { sequence, expiresAt, held } = hold;
      return { sequence, expiresAt, held, lots: hold.rest() };
    }),
    lapsed: Array.from(account.holds.lapsed, ([sequence, totals]) => ({ sequence, totals })).sort(
      (a, b) => a.sequence - b.sequence,
    ),
    debits: payers.map(({ debited }) => debited),
    open: lotPage(account, { after: null, before: null, from: 'start', limit: 1e9 }).lots,
    lots,
    pendingLots: pendingLots.sort(bySequence),
  };
}

/** Returns the same of the model. */
export function stateOfModel(model: NaiveLife): object {
  return { sequence: model.sequence, recordedAt: model.recordedAt, ...stateOfBooks(model.books) };
}

function stateOfBooks(books: NaiveBooks): object {
  const unspent = books.lots.filter((lot) => lot.unspent > 0);
  const valid = unspent.filter(({ isPending }) => !isPending);
  const payers = [...books.debits.keys()];
  return {
    points: books.points(),
    openPoints: books.unspentAndHeld(),
    lotCount: unspent.length,
    nextDue: nextDueOf(books),
    balances: books.balances(),
    pending: books.pendingByPayer().map(({ points }) => points),
    held: books.heldByPayer().map(({ points }) => points),
    holds: books.openHolds().map(({ sequence, expiresAt, lots }) => {
      return { sequence, expiresAt, held: lots.reduce((sum, lot) => sum + lot.points, 0), lots };
    }),
    lapsed: lapsedWhileHeld(books),
    debits: payers.map((payer) => books.floating(payer)),
    open: books.openLots(),
    lots: payers.flatMap((payer) =>
      valid
        .filter((lot) => lot.payer === payer)
        .sort((a, b) => a.timestamp - b.timestamp || a.sequence - b.sequence)
        .map(
          (lot): Lot => [payer, lot.timestamp, lot.sequence, lot.unspent, lot.expiresAt ?? null],
        ),
    ),
    pendingLots: unspent
      .filter(({ isPending }) => isPending)
      .map((lot): Lot => {
        const { payer, timestamp, sequence, from, expiresAt } = lot;
        return [payer, timestamp, sequence, lot.unspent, from, expiresAt ?? null];
      })
      .sort(bySequence),
  };
}

/** Returns what lapsed of lots of which points are held, or came back and are about to lapse. */
function lapsedWhileHeld(books: NaiveBooks): object[] {
  return books.lots
    .filter((lot) => (lot.held > 0 || lot.unspent > 0) && lot.expired + lot.settled > 0)
    .map(({ sequence, expired, settled }) => ({ sequence, totals: { expired, settled } }));
}

/** Adds the lots of one payer as a snapshot stores them. */
function addLotsOf([payer, , rows, ends]: StoredPayer, lots: Lot[]): void {
  for (let row = 0; row < rows.length; row += 3) {
    lots.push([payer, rows[row]!, rows[row + 1]!, rows[row + 2]!, ends?.[row / 3] ?? null]);
  }
}

function bySequence(a: Lot, b: Lot): number {
  return a[2] - b[2];
}
