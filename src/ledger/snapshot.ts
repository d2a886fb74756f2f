import type { Account } from './account';
import { count, countAllHeld, make, withEnd } from './change';
import type { Allocation } from './entry';
import type { LapseTotals } from './lapse-entry';
import { endAt, never } from './lot-ends';
import { type LotPlace, nextLot, pointsAt, row, sequenceAt, timestampAt } from './lot-node';
import { OpenHold } from './open-hold';
import { PayerLots } from './payer-lots';
import type { PendingLot } from './pending-lots';

/**
 * The versions of the text below. Format 1 has no dates; it is written while the account has none.
 * Format 3 has holds; it is written while a hold is open, or while what it gave back has to lapse.
 * A part of another version is not read; the entries are replayed.
 */
type Format = 1 | 2 | 3;

/** The state of some payers as JSON. A payer with many lots continues in the next part. */
interface Part {
  readonly format: Format;
  readonly payers: readonly PayerPart[];
  /** From format 2 on. */
  readonly pending?: readonly PendingPart[];
  /** From format 2 on: when the last row lapsed; null if none did. */
  readonly lapsedAt?: number | null;
  /** In format 3. A hold of many lots continues in the next part. */
  readonly holds?: readonly HoldPart[];
  /** In format 3. */
  readonly lapsed?: readonly LapsedPart[];
}

/**
 * Name, points debited, and timestamp, sequence and unspent points of one lot after another. In
 * later formats followed by the end of each lot, null for none.
 */
type PayerPart = readonly [
  payer: string,
  debited: number,
  lots: readonly number[],
  ends?: readonly (number | null)[],
];

type PendingPart = readonly [
  payer: string,
  timestamp: number,
  sequence: number,
  points: number,
  availableFrom: number,
  expiresAt: number | null,
];

/** The lots that a hold has points of: what it took last comes first. */
type HoldPart = readonly [
  sequence: number,
  expiresAt: number,
  lots: readonly (readonly [
    payer: string,
    timestamp: number,
    sequence: number,
    points: number,
    expiresAt: number | null,
  ])[],
];

/** What lapsed so far of a lot of which points are held or have just come back. */
type LapsedPart = readonly [sequence: number, expired: number, settled: number];

/** Lots and payers in one part of a snapshot: about 100 kB of text. */
const snapshotPartSize = 4_096;

/**
 * Returns the account's lots and payers as text, in parts of bounded size. Restoring them costs
 * O(lots + payers).
 */
export function* snapshotParts(account: Account, size = snapshotPartSize): Generator<string> {
  const format = formatOf(account);
  let payers: PayerPart[] = [];
  let rest = size;
  for (const { payer, debited, lots } of account.payers.values()) {
    const place: LotPlace = { leaf: null, index: 0 };
    if (lots.size > 0) lots.seekPoints(0, place);
    do {
      if (rest <= 0) {
        yield JSON.stringify({ format, payers } satisfies Part);
        payers = [];
        rest = size;
      }
      const { rows, ends } = takeRows(place, rest);
      payers.push(format === 1 ? [payer, debited, rows] : [payer, debited, rows, ends]);
      rest -= rows.length / row + 1;
    } while (place.leaf !== null);
  }
  yield JSON.stringify({ format, payers } satisfies Part);
  if (format === 1) return;
  yield* pendingParts(account, size, format);
  if (format === 3) yield* holdParts(account, size);
}

function formatOf({ expiries, pending, lapsedAt, holds }: Account): Format {
  if (holds.size > 0 || holds.lapsed.size > 0) return 3;
  const isDated = expiries.items.length > 0 || pending.size > 0 || Number.isFinite(lapsedAt);
  return isDated ? 2 : 1;
}

function takeRows(place: LotPlace, limit: number): { rows: number[]; ends: (number | null)[] } {
  const rows: number[] = [];
  const ends: (number | null)[] = [];
  for (let taken = 0; place.leaf !== null && taken < limit; taken += 1) {
    const { leaf, index } = place;
    rows.push(timestampAt(leaf, index), sequenceAt(leaf, index), pointsAt(leaf, index));
    ends.push(finiteOrNull(endAt(leaf, index)));
    nextLot(place);
  }
  return { rows, ends };
}

/** Returns at least one part, since the first one has the instant of the last row that lapsed. */
function* pendingParts(account: Account, size: number, format: Format): Generator<string> {
  const lapsedAt = finiteOrNull(account.lapsedAt);
  let pending: PendingPart[] = [];
  for (const lot of account.pending.inOrder()) {
    if (pending.length === size) {
      yield JSON.stringify({ format, payers: [], pending, lapsedAt } satisfies Part);
      pending = [];
    }
    pending.push(pendingPart(lot));
  }
  yield JSON.stringify({ format, payers: [], pending, lapsedAt } satisfies Part);
}

function pendingPart(lot: PendingLot): PendingPart {
  const { payer, timestamp, sequence, points, availableFrom, expiresAt } = lot;
  return [payer, timestamp, sequence, points, availableFrom, expiresAt ?? null];
}

/**
 * Yields the parts of open holds. The totals are those of lots in holds, which are no more than the
 * lots of the holds.
 */
function* holdParts({ holds: open }: Account, size: number): Generator<string> {
  let holds: HoldPart[] = [];
  let rest = size;
  for (const hold of open.inOrder()) {
    const { sequence, expiresAt } = hold;
    const lots = hold.rest().toReversed();
    for (let from = 0; from < lots.length; ) {
      if (rest <= 0) {
        yield JSON.stringify({ format: 3, payers: [], holds } satisfies Part);
        holds = [];
        rest = size;
      }
      const some = lots.slice(from, from + rest);
      holds.push([sequence, expiresAt, some.map(heldPart)]);
      from += some.length;
      rest -= some.length + 1;
    }
  }
  const lapsed = Array.from(open.lapsed, lapsedPart).sort(([a], [b]) => a - b);
  yield JSON.stringify({ format: 3, payers: [], holds, lapsed } satisfies Part);
}

function heldPart({ payer, timestamp, sequence, points, expiresAt }: Allocation) {
  return [payer, timestamp, sequence, points, expiresAt ?? null] as const;
}

function lapsedPart([sequence, { expired, settled }]: [number, LapseTotals]): LapsedPart {
  return [sequence, expired, settled];
}

function finiteOrNull(instant: number): number | null {
  return Number.isFinite(instant) ? instant : null;
}

/**
 * Adds the content of one part to an account that is being restored. Parts are passed in order.
 * Returns false if the part cannot be read.
 */
export function restorePart(account: Account, text: string): boolean {
  const part = JSON.parse(text) as Part;
  if (part.format !== 1 && part.format !== 2 && part.format !== 3) return false;
  for (const payer of part.payers) restorePayer(account, payer);
  for (const lot of part.pending ?? []) restorePending(account, lot);
  for (const hold of part.holds ?? []) restoreHold(account, hold);
  for (const [lot, expired, settled] of part.lapsed ?? []) {
    make(account, { kind: 'lapsed', lot, totals: { expired, settled } });
  }
  account.lapsedAt = part.lapsedAt ?? account.lapsedAt;
  return true;
}

function restorePayer(account: Account, [name, debited, rows, ends]: PayerPart): void {
  let payer = account.payers.get(name);
  if (payer === undefined) {
    payer = new PayerLots(name);
    payer.debited = debited;
    account.points -= debited;
    account.payers.set(name, payer);
  }
  let points = 0;
  for (let at = 0; at < rows.length; at += row) {
    payer.restore(rows[at]!, rows[at + 1]!, rows[at + 2]!, ends?.[at / row] ?? never);
    points += rows[at + 2]!;
  }
  account.lotCount += rows.length / row;
  payer.seek();
  count(account, payer, points, points);
}

function restorePending(account: Account, part: PendingPart): void {
  const [payer, timestamp, sequence, points, availableFrom, expiresAt] = part;
  const lot = { payer, timestamp, sequence, points };
  const dated = expiresAt === null ? lot : { ...lot, expiresAt };
  make(account, { kind: 'give', lot: dated, availableFrom });
}

function restoreHold(account: Account, [sequence, expiresAt, held]: HoldPart): void {
  const lots = held
    .map(([payer, timestamp, lot, points, end]) =>
      withEnd({ payer, timestamp, sequence: lot, points }, end ?? never),
    )
    .reverse();
  const known = account.holds.at(sequence);
  if (known === null) {
    make(account, { kind: 'hold', hold: new OpenHold({ sequence, expiresAt }, lots), lots });
    return;
  }
  account.holds.precede(known, lots);
  countAllHeld(account, lots, 1);
}
