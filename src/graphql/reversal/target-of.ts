import { decodeEntryId } from '../../ids/entry-id';
import type { ReverseSpend } from '../../ledger/command';

/**
 * Returns the entry that an id names. The target is null if the id is malformed or belongs to
 * another account: the ledger refuses both like an id of no entry.
 */
export function targetOf(accountId: string, id: string): Pick<ReverseSpend, 'target' | 'targetId'> {
  const place = decodeEntryId(id);
  if (place === null || place.accountId !== accountId) return { target: null };
  return { target: place.sequence, targetId: place.id };
}
