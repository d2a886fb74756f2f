import type { SnapshotHead } from '../journal/journal';
import type { JournalReader } from '../journal/journal-reader';
import { Account } from '../ledger/account';
import type { Entry } from '../ledger/entry';
import { restorePart, snapshotParts } from '../ledger/snapshot';

/**
 * What is wrong with a snapshot, whose entry was just replayed; null if nothing is, or if a newer
 * one took its place meanwhile. One of another version is as if there were none, and no fault.
 */
export async function snapshotFault(
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

/** Written again, equal states are equal texts. */
function isSameState(left: Account, right: Account): boolean {
  const parts = snapshotParts(right);
  for (const text of snapshotParts(left)) if (parts.next().value !== text) return false;
  return parts.next().done === true;
}
