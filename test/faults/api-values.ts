import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry, PayerPoints } from '../../src/ledger/entry';

/** Points of one transaction, with its id in the API. */
export interface LotPoints {
  readonly transaction: { readonly id: string };
  readonly points: number;
}

/** Selects a refusal with its figures. */
export const refusalFields = `errors {
  code
  ... on InsufficientPointsError { requested available }
  ... on PayerWouldGoNegativeError { payer available }
  ... on ExceedsReversibleError { reversible }
  ... on ExceedsHeldError { held }
  ... on LotIsSpentError { unspent }
}`;

export function lotPointsOf(
  { sequence, points }: { readonly sequence: number; readonly points: number },
  entries: readonly Entry[],
): LotPoints {
  return { transaction: idOf(sequence, entries), points };
}

/** Returns the id of an entry of an account as clients know it. */
export function idOf(sequence: number, entries: readonly Entry[]): { readonly id: string } {
  const entry = entries[sequence - 1];
  return { id: entry === undefined ? `nothing at ${sequence}` : encodeEntryId(entry) };
}

/** Returns one row per payer, negative, in the order in which the payers were first touched. */
export function deductionsOf(allocations: readonly PayerPoints[]): PayerPoints[] {
  const payers = [...new Set(allocations.map(({ payer }) => payer))];
  return payers.map((payer) => ({
    payer,
    points: allocations.reduce((sum, part) => sum - (part.payer === payer ? part.points : 0), 0),
  }));
}

export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function instantOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : instant(milliseconds);
}

/** True if both have the same members in the same order: a response has them as selected. */
export function isSame(received: unknown, right: unknown): boolean {
  return JSON.stringify(received) === JSON.stringify(right);
}
