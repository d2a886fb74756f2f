import type { Taking } from './taking';

export interface PayerRow {
  readonly payer: string;
  readonly points: number;
  /** From 0, by balance. */
  readonly rank: number;
}

/** Payers that have a part of the bar, and a tone, of their own; the rest share one. */
const namedMax = 6;

/** The largest balance first; equal ones, as all at zero, in the order in which they appeared. */
export function rankedPayers(
  balances: readonly { readonly payer: string; readonly points: number }[],
): readonly PayerRow[] {
  return balances
    .toSorted((one, other) => other.points - one.points)
    .map(({ payer, points }, rank) => ({ payer, points, rank }));
}

/** The parts of the bar: those named, each with what would be taken of it, and all others as one. */
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

/** The class that colours a payer, in the bar and in the rows. */
export const toneOf = (rank: number): string => (rank < namedMax ? `tone-${rank}` : 'tone-rest');
