import { shownName } from '../ledger/shown-name';

/** Returns a value as JSON, truncated, for a message. */
export function shownValue(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(shownName(value))
    : shownName(JSON.stringify(value));
}
