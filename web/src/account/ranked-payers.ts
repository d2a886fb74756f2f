import type { Taking } from './taking';

export interface PayerRow {
  readonly payer: string;
  readonly points: number;
  /** From 0, by balance. */
  readonly rank: number;
}

/** The most payers with a segment and a colour of their own; the others share one. */
const namedMax = 6;

/** Sorts by balance, the largest first; equal balances stay in the order of their first entries. */
export function rankedPayers(
  balances: readonly { readonly payer: string; readonly points: number }[],
): readonly PayerRow[] {
  return balances
    .toSorted((one, other) => other.points - one.points)
    .map(({ payer, points }, rank) => ({ payer, points, rank }));
}

/** Returns the segments of the bar, each with the points that the spend in the form would take. */
export function barParts(payers: readonly PayerRow[], taking: Taking | null) {
  const takenOf = ({ payer }: PayerRow) => taking?.byPayer.get(payer) ?? 0;
  const granting = payers.filter(({ points }) => points > 0);
  const named = granting.slice(0, namedMax).map((row) => ({ ...row, taken: takenOf(row) }));
  const rest = granting.slice(namedMax);
  return {
    named,
    count: rest.length,
    points: rest.reduce((sum, { points }) => sum + points, 0),
    taken: rest.reduce((sum, row) => sum + takenOf(row), 0),
  };
}

/** Returns the CSS class of a payer's colour, in the bar and in its row. */
export const toneOf = (rank: number): string => (rank < namedMax ? `tone-${rank}` : 'tone-rest');
