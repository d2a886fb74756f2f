import type { Taking } from './taking';

interface Balance {
  readonly payer: string;
  readonly points: number;
}

export interface PayerRow extends Balance {
  /** From 0, by balance. */
  readonly rank: number;
}

/** A segment of the bar: one payer, or all payers of a range of ranks. */
export interface BarSegment {
  /** Null for a range of ranks. */
  readonly payer: string | null;
  /** Ranks from 0; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly tone: string;
  readonly points: number;
  /** What the spend in the form would take of the points. */
  readonly taken: number;
}

/** The most payers with a segment and a colour of their own; the others share segments. */
const namedMax = 6;

/**
 * Where the shared segments end, as ranks. Each range has up to ten times as many payers as the one
 * before, so that the bar shows how concentrated the points are, for any number of payers.
 */
const rangeEnds = [50, 500, 5_000, Number.POSITIVE_INFINITY];

/** Sorts by balance, the largest first; equal balances stay in the order of their first entries. */
export function rankedPayers(balances: readonly Balance[]): readonly PayerRow[] {
  return balances
    .toSorted((one, other) => other.points - one.points)
    .map(({ payer, points }, rank) => ({ payer, points, rank }));
}

/** Returns the segments of the bar, the largest payers first. Payers without points have none. */
export function barSegments(payers: readonly PayerRow[], taking: Taking | null): BarSegment[] {
  const granting = payers.filter(({ points }) => points > 0);
  const segment = (start: number, end: number, payer: string | null): BarSegment => {
    const rows = granting.slice(start, end);
    const points = rows.reduce((sum, row) => sum + row.points, 0);
    const taken = rows.reduce((sum, row) => sum + (taking?.byPayer.get(row.payer) ?? 0), 0);
    return { payer, start, end: start + rows.length, tone: toneOf(start), points, taken };
  };
  const named = granting
    .slice(0, namedMax)
    .map(({ payer, rank }) => segment(rank, rank + 1, payer));
  const starts = [namedMax, ...rangeEnds];
  const shared = rangeEnds
    .map((end, index) => segment(starts[index]!, end, null))
    .filter(({ points }) => points > 0);
  return [...named, ...shared];
}

/** Returns the smallest number of payers who hold half of the points, and 0 without points. */
export function payersOfHalf(payers: readonly PayerRow[], total: number): number {
  let sum = 0;
  for (const { points, rank } of payers) {
    if (2 * sum >= total) return rank;
    sum += points;
  }
  return payers.length;
}

/** Returns the CSS class of a payer's colour, in the bar and in its row. */
export function toneOf(rank: number): string {
  if (rank < namedMax) return `tone-${rank}`;
  return `tone-range-${rangeEnds.findIndex((end) => rank < end)}`;
}
