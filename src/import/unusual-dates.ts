import type { ImportRow } from './read-import';

/** Rows whose timestamp is before 1970 or more than a year ahead: probably mistyped years. */
export interface UnusualDates {
  readonly rows: number;
  /** The line of the first such row, and its timestamp in UTC. */
  readonly line: number;
  readonly timestamp: string;
}

const earliest = new Date(0).toISOString();

export class UnusualDatesFinder {
  private readonly latest: string;
  private unusual: { rows: number; line: number; timestamp: string } | null = null;

  constructor(now: Date) {
    const latest = new Date(now);
    latest.setUTCFullYear(now.getUTCFullYear() + 1);
    this.latest = latest.toISOString();
  }

  /** Null if no row so far has an unusual date. */
  get found(): UnusualDates | null {
    return this.unusual;
  }

  /** Timestamps are in UTC, with years of four digits, so that texts compare as instants. */
  add({ line, input: { timestamp } }: ImportRow): void {
    if (timestamp >= earliest && timestamp <= this.latest) return;
    this.unusual ??= { rows: 0, line, timestamp };
    this.unusual.rows += 1;
  }
}

/** Describes unusual dates in a sentence, to be followed by what to do. */
export function unusualDatesText({ rows, line, timestamp }: UnusualDates): string {
  const others =
    rows === 2 ? 'and 1 more row has such a date' : `and ${rows - 1} more rows have such dates`;
  return (
    `Line ${line}: the timestamp ${timestamp} is ` +
    `${timestamp < earliest ? 'before 1970' : 'more than a year ahead'}${rows === 1 ? '' : `, ${others}`}.`
  );
}
