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
export function takingOf(deductions: readonly Deduction[]): Taking {
  const points = deductions.reduce((sum, { points }) => sum - points, 0);
  return { points, byPayer: new Map(deductions.map(({ payer, points }) => [payer, -points])) };
}

interface OpenLot {
  readonly remaining: number;
  readonly transaction: { readonly payer: string };
}

/** Returns the points taken from each lot: every lot of a payer is used up before its next one. */
export function takenOfLots(lots: readonly OpenLot[], taking: Taking | null): readonly number[] {
  const taken: number[] = [];
  const leftByPayer = new Map(taking?.byPayer);
  let left = taking?.points ?? 0;
  for (const { remaining, transaction } of lots) {
    if (left === 0) break;
    const ofPayer = leftByPayer.get(transaction.payer) ?? 0;
    const part = Math.min(ofPayer, remaining);
    leftByPayer.set(transaction.payer, ofPayer - part);
    taken.push(part);
    left -= part;
  }
  return taken;
}
