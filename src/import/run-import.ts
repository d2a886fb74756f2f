import { bucketOf } from '../client/bucket';
import type { ImportItem, ImportRow, ImportStep, RefusedRow } from './read-import';
import type { SendRows, SentRow, ServerAway } from './send-rows';
import { SendingLane } from './sending-lane';

export interface Tally {
  /** Rows with a known result: the sum of the four below. */
  readonly rows: number;
  readonly added: number;
  /** Rows that an earlier import added. */
  readonly replayed: number;
  readonly refused: number;
  /** Rows that were left out, since their points have expired. */
  readonly skipped: number;
  /** Bytes read from the file. */
  readonly bytes: number;
}

export interface RunOptions {
  readonly send: SendRows;
  /** Receives refused rows; those of one account arrive in the order of the file. */
  readonly onRefused: (rows: readonly RefusedRow[], header: ImportStep['header']) => void;
  /** Called after each response. */
  readonly onProgress: (tally: Tally) => void;
  /** Called before a call is retried, with the reason. */
  readonly onAway?: (error: ServerAway) => void;
  /** Ends the import after the calls in flight. */
  readonly signal: AbortSignal;
  /** The most calls in flight. Rows of one account are never in two of them. */
  readonly concurrency?: number;
  /** How long a call is retried before the import rejects with its last error. */
  readonly patienceMs?: number;
}

/**
 * Sends the rows of a file. Rows of one account are sent in the order of the file, one call after
 * the other, so that a debit finds the points that precede it. A call holds rows of one bucket of
 * accounts if enough of them are waiting. Buffers the rows of two calls for each lane. Rejects with
 * the last error if a call fails for good.
 */
export async function runImport(
  steps: AsyncIterable<ImportStep>,
  {
    send,
    onRefused,
    onProgress,
    onAway,
    signal,
    concurrency = 4,
    patienceMs = 120_000,
  }: RunOptions,
): Promise<Tally> {
  const tally = { rows: 0, added: 0, replayed: 0, refused: 0, skipped: 0, bytes: 0 };
  let header: ImportStep['header'] = null;
  const settle = (items: readonly ImportItem[], results: readonly SentRow[]) => {
    const refused = settleRows(items, results, tally);
    if (refused.length > 0) onRefused(refused, header);
    onProgress(tally);
  };
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  const lanes = Array.from(
    { length: concurrency },
    () => new SendingLane({ send, settle, onAway, patienceMs, signal: either }),
  );
  try {
    let accountId: string | null = null;
    let bucket: number | null = null;
    for await (const step of steps) {
      header = step.header;
      for (const item of step.items) {
        if (item.kind === 'row' && item.input.accountId !== accountId) {
          accountId = item.input.accountId;
          bucket = bucketOf(accountId);
        }
        lanes[(bucket ?? 0) % lanes.length].push(item, bucket);
      }
      await Promise.all(lanes.map((each) => each.sendFull()));
      tally.bytes = step.bytes;
      if (signal.aborted) break;
    }
    if (!signal.aborted) await Promise.all(lanes.map((each) => each.sendRest()));
    await Promise.all(lanes.map((each) => each.idle()));
    return tally;
  } finally {
    ended.abort();
    await Promise.allSettled(lanes.map((each) => each.idle()));
  }
}

/** Counts the results of a call, and returns its refused rows in the order of the file. */
function settleRows(
  items: readonly ImportItem[],
  results: readonly SentRow[],
  tally: { -readonly [Name in keyof Tally]: number },
): RefusedRow[] {
  const refused: RefusedRow[] = [];
  let at = 0;
  for (const item of items) {
    tally.rows += 1;
    const row = item.kind === 'row' ? refusedOr(item, results[at++]) : item;
    if (typeof row === 'string') tally[row] += 1;
    else if (row.kind === 'skipped') tally.skipped += 1;
    else refused.push(row);
  }
  tally.refused += refused.length;
  return refused;
}

function refusedOr(
  { line, record, input: { idempotencyKey } }: ImportRow,
  { replayed, refusal }: SentRow,
): RefusedRow | 'added' | 'replayed' {
  if (refusal === null) return replayed ? 'replayed' : 'added';
  return { kind: 'refused', line, record, idempotencyKey, ...refusal };
}
