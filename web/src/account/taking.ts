/** What a spend that is being thought about would take. */
export interface Taking {
  readonly points: number;
  /** Positive, by payer. */
  readonly byPayer: ReadonlyMap<string, number>;
}

interface Deduction {
  readonly payer: string;
  readonly points: number;
}

export function takingOf(points: number, deductions: readonly Deduction[]): Taking {
  return { points, byPayer: new Map(deductions.map(({ payer, points }) => [payer, -points])) };
}

/** What it would take of each lot: they pay in their order, each whole before the next. */
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
