interface Part {
  readonly points: number;
  readonly transaction: { readonly expiresAt: string | null };
}

interface Returned<Paid> {
  readonly allocation: Paid;
  readonly points: number;
  /** True if the lot is past its expiry: what comes back is gone at once. */
  readonly isGone: boolean;
}

/**
 * Returns where the points of a spend would go: those taken last go back first.
 *
 * @param allocations of the spend, in its order.
 * @param reversed the points that were given back before.
 * @param now in milliseconds since 1970.
 */
export function givenBack<Paid extends Part>(
  allocations: readonly Paid[],
  reversed: number,
  points: number,
  now: number,
): readonly Returned<Paid>[] {
  const back: Returned<Paid>[] = [];
  let skip = reversed;
  let rest = points;
  for (const allocation of allocations.toReversed()) {
    const skipped = Math.min(skip, allocation.points);
    skip -= skipped;
    const part = Math.min(rest, allocation.points - skipped);
    rest -= part;
    const { expiresAt } = allocation.transaction;
    const isGone = expiresAt !== null && Date.parse(expiresAt) <= now;
    if (part > 0) back.push({ allocation, points: part, isGone });
  }
  return back;
}
