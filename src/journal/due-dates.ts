import type { Entry } from '../ledger/entry';

const none: readonly number[] = [];

/** Returns the instants at which something of an entry becomes due: of a grant or of a hold. */
export function dueDatesOf(entry: Entry): readonly number[] {
  if (entry.kind === 'hold') return [entry.expiresAt];
  if (entry.kind !== 'transaction') return none;
  const { availableFrom, expiresAt } = entry;
  if (availableFrom === undefined) return expiresAt === undefined ? none : [expiresAt];
  return expiresAt === undefined ? [availableFrom] : [availableFrom, expiresAt];
}
