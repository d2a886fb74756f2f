import { instantMax, instantMin } from '../ledger/instant';

export function isInstant(milliseconds: number): boolean {
  return (
    Number.isSafeInteger(milliseconds) && milliseconds >= instantMin && milliseconds <= instantMax
  );
}

/** Returns an instant for a message, and a number that is none as it is. */
export function shownInstant(milliseconds: number): string {
  return isInstant(milliseconds) ? new Date(milliseconds).toISOString() : String(milliseconds);
}
