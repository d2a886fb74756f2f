import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Journal } from '../../journal/journal';
import { snapshotParts } from '../../ledger/snapshot';
import type { ResidentAccount } from './resident-account';

/** Whether replaying the entries since the last snapshot would cost more than reading a new one. */
export function needsSnapshot(resident: ResidentAccount, entriesMin: number): boolean {
  const { entriesSinceSnapshot, size } = resident;
  if (resident.mark === resident.unsavedMark) return false;
  return entriesSinceSnapshot >= entriesMin && entriesSinceSnapshot > size;
}

/**
 * Stores a snapshot of an account that does not change meanwhile. O(lots + payers), in parts of
 * bounded size.
 */
export async function saveSnapshot(
  journal: Journal,
  resident: ResidentAccount,
  id: string,
): Promise<void> {
  const { account, accountId, mark } = resident;
  if (mark === null) return;
  await journal.saveSnapshot({ accountId, id, entry: mark }, inTurns(snapshotParts(account)));
  resident.entriesSinceSnapshot = 0;
}

/** Lets other requests in between two parts. */
async function* inTurns(parts: Iterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for (const part of parts) {
    if (!isFirst) await nextTurn();
    isFirst = false;
    yield part;
  }
}
