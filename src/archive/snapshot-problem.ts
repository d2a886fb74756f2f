import type { SnapshotHead } from '../journal/journal';
import type { JournalReader } from '../journal/journal-reader';
import { Account } from '../ledger/account';
import type { Entry } from '../ledger/entry';
import { restorePart, snapshotParts } from '../ledger/snapshot';

/**
 * Returns what is wrong with a snapshot whose entry was just replayed. Returns null if nothing is,
 * if a newer snapshot replaced it meanwhile, or if it is of another version, which is ignored.
 */
export async function snapshotProblem(
  reader: JournalReader,
  head: SnapshotHead,
  entry: Entry,
  replayed: Account,
): Promise<string | null> {
  const name = `its snapshot of entry ${entry.sequence}`;
  if (head.entry.id !== entry.id) return `${name} names the id ${head.entry.id} for it`;
  const restored = new Account(head.accountId);
  for (let part = 0; part < head.parts; part += 1) {
    const text = await reader.snapshotPart(head, part);
    if (text === null) {
      const isReplaced = (await reader.snapshotHead(head.accountId))?.id !== head.id;
      return isReplaced ? null : `${name} has no part ${part + 1} of ${head.parts}`;
    }
    try {
      if (!restorePart(restored, text)) return null;
    } catch (error) {
      return `part ${part + 1} of ${name} cannot be read: ${(error as Error).message}`;
    }
  }
  return isSameState(restored, replayed) ? null : `${name} is not the state after that entry`;
}

/** Compares two states as snapshots: equal states make equal texts. */
function isSameState(left: Account, right: Account): boolean {
  const parts = snapshotParts(right);
  for (const text of snapshotParts(left)) if (parts.next().value !== text) return false;
  return parts.next().done === true;
}
