import { setImmediate as nextIteration } from 'node:timers/promises';
import type { Journal } from '../../journal/journal';
import { snapshotParts } from '../../ledger/snapshot';
import type { ResidentAccount } from './resident-account';

/**
 * Stores a snapshot of an account that does not change meanwhile, as it was after its last entry.
 * O(lots + payers), in parts of bounded size. Rejects as the journal does.
 */
export async function writeSnapshot(
  journal: Journal,
  resident: ResidentAccount,
  id: string,
): Promise<void> {
  resident.retreat();
  const { account, accountId, mark } = resident;
  if (mark === null) return;
  await journal.saveSnapshot({ accountId, id, entry: mark }, withYields(snapshotParts(account)));
}

/** Serves other requests between two parts. */
async function* withYields(parts: Iterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for (const part of parts) {
    if (!isFirst) await nextIteration();
    isFirst = false;
    yield part;
  }
}
