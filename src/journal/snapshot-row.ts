import { invariant } from '../ledger/invariant';
import type { SnapshotHead } from './journal';

/** A row of the table `snapshot`, without its account, in the order of {@link headColumns}. */
export type SnapshotHeadRow = readonly [
  id: string,
  sequence: number,
  entryId: string,
  parts: number,
];

/** The columns of {@link SnapshotHeadRow}. */
export const headColumns = ['id', 'sequence', 'entry_id', 'parts'] as const;

/** Reads a row of the table `snapshot`. */
export function snapshotHeadOf(
  accountId: string,
  [id, sequence, entryId, parts]: SnapshotHeadRow,
): SnapshotHead {
  return { accountId, id, entry: { sequence, id: entryId }, parts };
}

/** One part of a snapshot that is being stored. */
export interface SnapshotPart {
  readonly number: number;
  readonly content: string;
  readonly isLast: boolean;
}

/**
 * Numbers the parts of a snapshot and marks the last one. Holds one part in memory.
 * @throws if there is no part.
 */
export async function* numberedParts(parts: AsyncIterable<string>): AsyncGenerator<SnapshotPart> {
  let held: string | null = null;
  let number = 0;
  for await (const content of parts) {
    if (held !== null) {
      yield { number, content: held, isLast: false };
      number += 1;
    }
    held = content;
  }
  invariant(held !== null, 'a snapshot has a part');
  yield { number, content: held, isLast: true };
}
