/** A repeated measurement: the median, and the quartiles around it. */
export interface Spread {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    lower: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upper: quantile(sorted, 0.75),
  };
}

/** Divides sample by sample, so that what slows both halves of one round down cancels out. */
export function ratioOf(samples: readonly number[], reference: readonly number[]): Spread {
  return spreadOf(samples.map((sample, round) => sample / reference[round]));
}

/** Interpolates between the two neighbouring samples; needs at least one. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  return below + (above - below) * (position - Math.floor(position));
}
