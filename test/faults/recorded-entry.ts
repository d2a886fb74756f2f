import type { Allocation, Entry } from '../../src/ledger/entry';
import type { LapseRow } from '../../src/ledger/lapse-entry';

/** A row of the table `entry`, with numbers as any of the drivers returns them. */
export interface RecordedRow {
  readonly account_id: string;
  readonly sequence: number | string;
  readonly id: string;
  readonly kind: string;
  readonly payer: string | null;
  readonly points: number | string;
  readonly timestamp: number | string | null;
  readonly recorded_at: number | string;
  readonly reference: string | null;
  readonly idempotency_key: string | null;
  readonly digest: string;
  /** JSON: text, or its value. */
  readonly allocations: string | readonly Allocation[] | null;
  readonly target_sequence: number | string | null;
  readonly available_from: number | string | null;
  readonly expires_at: number | string | null;
  readonly input: string | object | null;
  readonly outcome: string | object | null;
}

/** Returns the entry of a row, without any of the server's code. */
export function recordedEntry(row: RecordedRow): Entry {
  const common = {
    id: row.id,
    accountId: row.account_id,
    sequence: Number(row.sequence),
    recordedAt: Number(row.recorded_at),
    reference: row.reference,
    idempotencyKey: row.idempotency_key,
    points: Number(row.points),
    digest: row.digest === '' ? null : row.digest,
  };
  return { ...common, kind: row.kind, ...partsOf(row) } as Entry;
}

function partsOf(row: RecordedRow): object {
  const { payer, timestamp } = row;
  const allocations = valueIn(row.allocations);
  const target = Number(row.target_sequence);
  const input = valueIn(row.input) ?? {};
  const { rows: stored = [], ...outcome } = valueIn(row.outcome) ?? {};
  const { released, rows } = rowsOf(stored);
  switch (row.kind) {
    case 'transaction':
      return { payer, timestamp: Number(timestamp), ...datesOf(row) };
    case 'spend':
      if (row.target_sequence === null) return { ...input, allocations };
      return { target, ...input, ...outcome, allocations, released, lapses: rows };
    case 'hold':
      return { ...input, ...datesOf(row), allocations };
    case 'release':
      return { target, allocations, lapses: rows };
    case 'lapse':
      return { rows };
    case 'spendReversal':
      return { target, ...input, ...outcome, allocations, lapses: rows };
    case 'transactionReversal':
      return { target, payer, timestamp: Number(timestamp), ...input, ...outcome };
    default:
      throw new Error(`the journal has an entry of kind ${row.kind}`);
  }
}

/** A row in `outcome`: a lapse, or points that went back to a lot from a hold. */
type StoredRow =
  | Exclude<LapseRow, { kind: 'end' }>
  | (Allocation & { readonly kind: 'return'; readonly hold?: number; readonly at?: number });

/** Returns what a capture left, and the lapses. The returns from one hold are its end. */
function rowsOf(stored: readonly StoredRow[]) {
  const released: Allocation[] = [];
  const rows: LapseRow[] = [];
  for (const row of stored) {
    if (row.kind !== 'return') {
      rows.push(row);
      continue;
    }
    const { kind: _kind, hold, at, ...lot } = row;
    const last = rows.at(-1);
    if (hold === undefined) released.push(lot);
    else if (last?.kind !== 'end' || last.hold !== hold) {
      rows.push({ kind: 'end', hold, at: at!, points: lot.points, allocations: [lot] });
    } else {
      const [points, allocations] = [last.points + lot.points, [...last.allocations, lot]];
      rows[rows.length - 1] = { ...last, points, allocations };
    }
  }
  return { released, rows };
}

function datesOf({ available_from: from, expires_at: end }: RecordedRow): object {
  return {
    ...(from === null ? {} : { availableFrom: Number(from) }),
    ...(end === null ? {} : { expiresAt: Number(end) }),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the columns hold any JSON.
function valueIn(json: unknown): any {
  return typeof json === 'string' ? JSON.parse(json) : json;
}
