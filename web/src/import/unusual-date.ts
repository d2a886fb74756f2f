/** True for a timestamp before 1970 or more than a year ahead, which is probably a mistake. */
export function isUnusualDate(timestamp: string, now: Date): boolean {
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + 1);
  const time = Date.parse(timestamp);
  return time < 0 || time > latest.getTime();
}
