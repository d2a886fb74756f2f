/** Returns ", did you mean …?" for the nearest name, or an empty text if none is near. */
export function suggestion(name: string, names: readonly string[]): string {
  const near = names
    .map((candidate) => ({
      candidate,
      distance: distanceOf(plainName(name), plainName(candidate)),
    }))
    .sort((left, right) => left.distance - right.distance)[0];
  const isNear = near !== undefined && near.distance <= Math.max(2, near.candidate.length / 3);
  return isNear ? `, did you mean ${near.candidate}?` : '';
}

/** Removes what makes no difference in names: case, spaces, underscores and hyphens. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

/** Computes the edit distance (Levenshtein). */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_unused, at) => at);
  for (let at = 1; at <= from.length; at += 1) {
    const next = [at];
    for (let other = 1; other <= to.length; other += 1) {
      const change = row[other - 1] + (from[at - 1] === to[other - 1] ? 0 : 1);
      next.push(Math.min(change, row[other] + 1, next[other - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
