import { shownName } from '../ledger/shown-name';

/** Returns a value as JSON, truncated: for messages. */
export function shownValue(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(shownName(value))
    : shownName(JSON.stringify(value));
}
