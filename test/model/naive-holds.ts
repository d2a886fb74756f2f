import type { CaptureHold, HoldPoints, ReleaseHold, SpendPoints } from '../../src/ledger/command';
import type { Allocation, Entry } from '../../src/ledger/entry';
import type { ExpiryRow } from '../../src/ledger/lapse-entry';
import type { NaiveBooks, NaiveHold } from './naive-books';
import { lapseAll } from './naive-lapse';
import { choiceOf } from './naive-life-input';
import type { LifeRefusal, Outcome } from './naive-outcome';

const openHoldsMax = 1_000;

/** Takes the oldest points of the chosen payers and spends them. */
export function spendOutcome(books: NaiveBooks, command: SpendPoints): Outcome {
  const points = pointsTaken(books, command);
  if (typeof points !== 'number') return points;
  const allocations = books.take(points, (payer) => isChosen(command, payer), 'spent');
  const requested = command.upTo === true ? { requested: command.points } : {};
  return { kind: 'spend', points, allocations, ...choiceOf(command), ...requested };
}

/** Takes them as a spend does, and keeps them. */
export function holdOutcome(
  books: NaiveBooks,
  command: HoldPoints,
  time: number,
  sequence: number,
): Outcome {
  const { expiresAt, points: requested } = command;
  if (expiresAt <= time) return { code: 'NEVER_SPENDABLE' };
  if (books.openHolds().length >= openHoldsMax) return { code: 'HOLDS_EXCEEDED' };
  const points = pointsTaken(books, command);
  if (typeof points !== 'number') return points;
  const lots = books.take(points, (payer) => isChosen(command, payer), 'held');
  books.holds.push({ sequence, expiresAt, lots });
  books.hasDates = true;
  return { kind: 'hold', points, requested, expiresAt, ...choiceOf(command), allocations: lots };
}

/** Spends the points that the hold took first, and gives the rest back or keeps it. */
export function captureOutcome(
  books: NaiveBooks,
  target: Entry | null,
  command: CaptureHold,
  time: number,
): Outcome {
  const hold = holdOf(books, target);
  if ('code' in hold) return hold;
  const { points: requested, keepRest } = command;
  const held = sumOf(hold.lots);
  const points = requested ?? held;
  if (points > held) return { code: 'EXCEEDS_HELD', held };
  const [allocations, rest] = [firstOf(hold.lots, points), firstOf(hold.lots, held, points)];
  const released = keepRest ? [] : rest;
  books.move(allocations, 'held', 'spent');
  books.move(released, 'held', 'unspent');
  hold.lots = keepRest ? rest : [];
  const lapses = lapseAll(books, time, time) as ExpiryRow[];
  const total = target!.points - held + points;
  const parts = { target: hold.sequence, points, requested, keepRest, total };
  return { kind: 'spend', ...parts, allocations, released, lapses };
}

/** Gives everything back. */
export function releaseOutcome(
  books: NaiveBooks,
  target: Entry | null,
  _command: ReleaseHold,
  time: number,
): Outcome {
  const hold = holdOf(books, target);
  if ('code' in hold) return hold;
  const allocations = hold.lots;
  books.move(allocations, 'held', 'unspent');
  hold.lots = [];
  const lapses = lapseAll(books, time, time) as ExpiryRow[];
  const points = sumOf(allocations);
  return { kind: 'release', target: hold.sequence, points, allocations, lapses };
}

function holdOf(books: NaiveBooks, target: Entry | null): NaiveHold | LifeRefusal {
  if (target?.kind !== 'hold') return { code: 'ENTRY_NOT_FOUND' };
  const hold = books.openHolds().find(({ sequence }) => sequence === target.sequence);
  return hold ?? { code: 'HOLD_IS_OVER' };
}

function pointsTaken(books: NaiveBooks, command: SpendPoints | HoldPoints): number | LifeRefusal {
  const { points: requested, upTo } = command;
  const chosen = books.balances().filter(({ payer }) => isChosen(command, payer));
  const available = chosen.reduce((sum, { points }) => sum + points, 0);
  const points = upTo === true ? Math.min(requested, available) : requested;
  if (points >= 1 && points <= available) return points;
  return { code: 'INSUFFICIENT_POINTS', requested, available };
}

function isChosen({ payers }: SpendPoints | HoldPoints, payer: string): boolean {
  if (payers === undefined) return true;
  return 'only' in payers ? payers.only.includes(payer) : !payers.except.includes(payer);
}

function sumOf(lots: readonly Allocation[]): number {
  return lots.reduce((sum, { points }) => sum + points, 0);
}

/** Returns the points of lots up to a number, without so many before them. */
function firstOf(lots: readonly Allocation[], points: number, after = 0): Allocation[] {
  let begin = 0;
  return lots.flatMap((lot) => {
    const [from, to] = [Math.max(begin, after), Math.min(begin + lot.points, points)];
    begin += lot.points;
    return to > from ? [{ ...lot, points: to - from }] : [];
  });
}
