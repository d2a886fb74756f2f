import type { SnapshotHead, SnapshotMark } from '../journal';
import { numberedParts } from '../snapshot-row';
import type { AccountHistories } from './history';

/**
 * Stores a snapshot once all parts have arrived; drops it if the present one is newer.
 * @throws if there is no part, or what the parts throw.
 */
export async function storeSnapshot(
  histories: AccountHistories,
  { accountId, id, entry }: SnapshotMark,
  parts: AsyncIterable<string>,
): Promise<void> {
  const contents: string[] = [];
  for await (const { content } of numberedParts(parts)) contents.push(content);
  const history = histories.getOrCreate(accountId);
  const present = history.snapshot?.head.entry.sequence ?? 0;
  if (entry.sequence < present) return;
  history.snapshot = { head: { accountId, id, entry, parts: contents.length }, parts: contents };
}

/** Returns null if the part does not exist any more. */
export function readSnapshotPart(
  histories: AccountHistories,
  { accountId, id }: SnapshotHead,
  part: number,
): string | null {
  const snapshot = histories.get(accountId)?.snapshot;
  return snapshot?.head.id === id ? (snapshot.parts[part] ?? null) : null;
}
