/** What the spend in the form would take, before it is sent. */
export interface Taking {
  readonly points: number;
  /** Positive points by payer. */
  readonly byPayer: ReadonlyMap<string, number>;
}

interface Deduction {
  readonly payer: string;
  readonly points: number;
}

/** Builds a `Taking` from the deductions of a preview, which are negative. */
export function takingOf(points: number, deductions: readonly Deduction[]): Taking {
  return { points, byPayer: new Map(deductions.map(({ payer, points }) => [payer, -points])) };
}

/** Returns the points taken from each lot: every lot is used up before the next one. */
export function takenOfLots(
  lots: readonly { readonly remaining: number }[],
  taking: Taking | null,
): readonly number[] {
  const taken: number[] = [];
  let left = taking?.points ?? 0;
  for (const { remaining } of lots) {
    if (left === 0) break;
    const part = Math.min(left, remaining);
    taken.push(part);
    left -= part;
  }
  return taken;
}
