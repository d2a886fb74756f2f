import { type Entry, lotsOf } from '../ledger/entry';
import type { ExportStep } from './read-export';

/** The most entries of one append: one statement, one fsync. */
const batchSize = 1_000;
/** A batch ends with the entry that brings its lots to this number: lapses have rows of them. */
const lotsMax = 10_000;

/**
 * Yields the entries of an export in the batches in which they are stored, which depend on the
 * entries alone: each restore of an export has the same.
 */
export async function* batchesOf(steps: AsyncIterable<ExportStep>): AsyncGenerator<ExportStep> {
  let batch: Entry[] = [];
  let lots = 0;
  let read = 0;
  for await (const { entries, bytes } of steps) {
    read = bytes;
    for (const entry of entries) {
      batch.push(entry);
      lots += lotsOf(entry);
      if (batch.length < batchSize && lots < lotsMax) continue;
      yield { entries: batch, bytes };
      batch = [];
      lots = 0;
    }
  }
  if (batch.length > 0) yield { entries: batch, bytes: read };
}
