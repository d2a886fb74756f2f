import type { Entry } from '../../../src/ledger/entry';
import type { HoldEntry } from '../../../src/ledger/hold-entry';
import { expiriesOf } from '../../../src/ledger/target';
import type { LifePair } from '../../model/life-pair';
import type { NaiveBooks } from '../../model/naive-books';
import { quoted, type Row, type ViewStore } from './store';

/** The rows of the views of an account, without its name. */
interface LifeRows {
  readonly balance: readonly Row[];
  readonly openLot: readonly Row[];
  readonly pendingLot: readonly Row[];
  readonly hold: readonly Row[];
  readonly lapse: readonly Row[];
  readonly due: readonly Row[];
}

/** Returns the rows in the order of the rule, which no view guarantees. */
export async function viewRows(store: ViewStore, accountId: string): Promise<LifeRows> {
  const rows = async (view: string, columns: string, order: string) =>
    store.query(
      `SELECT ${columns} FROM ${view} WHERE account_id = ${quoted(accountId)} ORDER BY ${order}`,
    );
  const lot = 'sequence, id, payer, earned_at, reference, points, remaining';
  return {
    balance: await rows('balance', 'payer, points, held, pending', 'payer'),
    openLot: await rows('open_lot', `spend_order, ${lot}, expires_at`, 'spend_order'),
    pendingLot: await rows('pending_lot', `${lot}, available_from, expires_at`, 'sequence'),
    hold: await rows(
      'hold',
      'sequence, id, held_at, reference, points, held, captured, status, expires_at',
      'sequence',
    ),
    lapse: await rows('lapse', 'payer, lot, at, expired, settled', 'lot, at, expired, settled'),
    due: await rows('due', 'at, kind, payer, lot, hold, points', 'coalesce(hold, 0), lot'),
  };
}

/** Returns the same from the rule's state after the recorded entries. */
export function ruleRows({ model }: LifePair, entries: readonly Entry[]): LifeRows {
  const { books } = model;
  const unspent = books.lots.filter((lot) => lot.unspent > 0);
  const pending = books.pendingByPayer();
  const granted = (sequence: number, remaining: number) => {
    const entry = entries[sequence - 1];
    if (entry?.kind !== 'transaction') throw new Error(`${sequence} is no transaction`);
    const { id, payer, timestamp, reference, points } = entry;
    return { sequence, id, payer, earned_at: instant(timestamp), reference, points, remaining };
  };
  return {
    balance: books
      .balances()
      .map(({ payer, points }) => {
        const later = pending.find((each) => each.payer === payer);
        return { payer, points, held: heldOf(books, payer), pending: later?.points ?? 0 };
      })
      .sort((left, right) => (left.payer < right.payer ? -1 : 1)),
    openLot: books.openLots().map(({ sequence, remaining, expiresAt }, index) => ({
      spend_order: index + 1,
      ...granted(sequence, remaining),
      expires_at: instantOrNull(expiresAt),
    })),
    pendingLot: unspent
      .filter(({ isPending }) => isPending)
      .sort((left, right) => left.sequence - right.sequence)
      .map((lot) => ({
        ...granted(lot.sequence, lot.unspent),
        available_from: instantOrNull(lot.from),
        expires_at: instantOrNull(lot.expiresAt),
      })),
    lapse: entries
      .flatMap(expiriesOf)
      .sort(
        (a, b) =>
          a.sequence - b.sequence || a.at - b.at || a.expired - b.expired || a.settled - b.settled,
      )
      .map(({ payer, sequence, at, expired, settled }) => ({
        ...{ payer, lot: sequence, at: instant(at), expired, settled },
      })),
    hold: entries
      .filter((entry) => entry.kind === 'hold')
      .map((entry) => holdRow(entry, entries, books)),
    // All dates of random lives are in 1970.
    due: [...dueLots(books), ...dueHolds(books)],
  };
}

function heldOf(books: NaiveBooks, payer: string): number {
  const lots = books.lots.filter((lot) => lot.payer === payer);
  return lots.reduce((sum, lot) => sum + lot.held, 0);
}

function openPoints(books: NaiveBooks, sequence: number): number {
  const open = books.openHolds().find((each) => each.sequence === sequence);
  return open?.lots.reduce((sum, lot) => sum + lot.points, 0) ?? 0;
}

function holdRow(hold: HoldEntry, entries: readonly Entry[], books: NaiveBooks): Row {
  const { sequence, id, recordedAt, reference, points, expiresAt } = hold;
  const naming = entries.filter((entry) => 'target' in entry && entry.target === sequence);
  const captures = naming.filter((entry) => entry.kind === 'spend');
  const isReleased = naming.some(({ kind }) => kind === 'release');
  const isEnded = entries.some(
    (entry) =>
      entry.kind === 'lapse' &&
      entry.rows.some((row) => row.kind === 'end' && row.hold === sequence),
  );
  const held = openPoints(books, sequence);
  const closed = isReleased ? 'RELEASED' : isEnded ? 'ENDED' : 'CAPTURED';
  return {
    ...{ sequence, id, held_at: instant(recordedAt), reference, points, held },
    captured: captures.reduce((sum, each) => sum + each.points, 0),
    status: held > 0 ? 'OPEN' : closed,
    expires_at: instant(expiresAt),
  };
}

function dueHolds(books: NaiveBooks): Row[] {
  return books.openHolds().map(({ sequence, expiresAt }) => ({
    ...{ at: instant(expiresAt), kind: 'end', payer: null, lot: null, hold: sequence },
    points: openPoints(books, sequence),
  }));
}

function dueLots(books: NaiveBooks): Row[] {
  return books.lots
    .filter((lot) => lot.unspent > 0 && (lot.isPending || lot.expiresAt !== undefined))
    .sort((left, right) => left.sequence - right.sequence)
    .map(({ payer, sequence, unspent: points, isPending, from, expiresAt }) => ({
      at: instantOrNull(isPending ? from : expiresAt),
      kind: isPending ? 'beginning' : 'expiry',
      ...{ payer, lot: sequence, hold: null, points },
    }));
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function instantOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : instant(milliseconds);
}
