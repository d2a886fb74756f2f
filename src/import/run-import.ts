import type { ImportItem, ImportRow, ImportStep, RefusedRow } from './read-import';
import type { SendRows, SentRow, ServerAway } from './send-rows';
import { laneOf, SendingLane } from './sending-lane';

export interface Tally {
  /** Rows that are settled: the sum of the three below. */
  readonly rows: number;
  readonly added: number;
  /** Rows that an import before had added. */
  readonly replayed: number;
  readonly refused: number;
  /** Bytes of the file that were read. */
  readonly bytes: number;
}

export interface RunOptions {
  readonly send: SendRows;
  /** Is told of refused rows; those of one account come in their order. */
  readonly onRefused: (rows: readonly RefusedRow[], header: ImportStep['header']) => void;
  /** Is told whenever a call was answered. */
  readonly onProgress: (tally: Tally) => void;
  /** Is told that a call is made again, and why. */
  readonly onAway?: (error: ServerAway) => void;
  /** Ends the import when the calls under way are answered. */
  readonly signal: AbortSignal;
  /** Calls in flight. Rows of one account are never in two of them. */
  readonly concurrency?: number;
  /** How long a call is made again before the import gives up, rejecting with its last error. */
  readonly patienceMs?: number;
}

/**
 * Sends the rows of a file. Rows of one account are sent in their order, one call after the other,
 * so that a debit finds what stands before it in the file. Holds two calls' rows for each lane.
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
  const tally = { rows: 0, added: 0, replayed: 0, refused: 0, bytes: 0 };
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
    let lane = lanes[0];
    for await (const step of steps) {
      header = step.header;
      for (const item of step.items) {
        if (item.kind === 'row') lane = lanes[laneOf(item.input.accountId, lanes.length)];
        lane.push(item);
      }
      for (const each of lanes) await each.sendFull();
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

/** Counts what became of the items of a call, and answers the refused ones in their order. */
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
