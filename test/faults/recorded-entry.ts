import type { Allocation, Entry } from '../../src/ledger/entry';

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
  const { rows, ...outcome } = valueIn(row.outcome) ?? {};
  switch (row.kind) {
    case 'transaction':
      return { payer, timestamp: Number(timestamp), ...datesOf(row) };
    case 'spend':
      return { allocations };
    case 'lapse':
      return { rows };
    case 'spendReversal':
      return { target, ...valueIn(row.input), ...outcome, allocations, lapses: rows };
    case 'transactionReversal':
      return { target, payer, timestamp: Number(timestamp), ...valueIn(row.input), ...outcome };
    default:
      throw new Error(`the journal has an entry of kind ${row.kind}`);
  }
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
