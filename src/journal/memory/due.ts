import { dueDatesOf } from '../due-dates';
import { compareDue } from '../due-order';
import type { DuePlace, DueRange } from '../journal';
import type { AccountHistory } from './history';

/** Returns where something becomes due, in order. O(entries log entries). */
export function dueInRange(
  histories: Iterable<readonly [accountId: string, history: AccountHistory]>,
  { after, until, limit }: DueRange,
): DuePlace[] {
  const places: DuePlace[] = [];
  for (const [accountId, { entries }] of histories) {
    for (const at of new Set(entries.flatMap(dueDatesOf))) {
      const place = { at, accountId };
      if (at <= until && (after === null || compareDue(place, after) > 0)) places.push(place);
    }
  }
  return places.sort(compareDue).slice(0, limit);
}
