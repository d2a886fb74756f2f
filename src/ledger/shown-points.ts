/** Returns a number of points with its noun: `1 point`, `1200 points`. */
export function shownPoints(points: number): string {
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}
