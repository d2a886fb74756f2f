interface Expiring {
  readonly at: string;
  readonly points: number;
}

/** What expires at one instant. */
export interface ExpiryMark {
  readonly at: string;
  readonly points: number;
  /** Where it is on the axis: 0 is now, 1 the last instant. */
  readonly position: number;
  /** Its size beside the largest: above 0, at most 1. */
  readonly size: number;
}

/**
 * Returns the marks of a time axis from now to the last instant, one per instant.
 *
 * @param expiring by instant, the next first. What is past is left out.
 * @param now in milliseconds since 1970.
 */
export function expiryMarks(expiring: readonly Expiring[], now: number): readonly ExpiryMark[] {
  const pointsAt = new Map<string, number>();
  for (const { at, points } of expiring) {
    if (Date.parse(at) > now) pointsAt.set(at, (pointsAt.get(at) ?? 0) + points);
  }
  const largest = Math.max(...pointsAt.values());
  const end = Math.max(...[...pointsAt.keys()].map((at) => Date.parse(at)));
  return [...pointsAt].map(([at, points]) => ({
    at,
    points,
    position: (Date.parse(at) - now) / (end - now),
    size: points / largest,
  }));
}
