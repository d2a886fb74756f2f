import { seededRandom } from '../support/random';

const dayMilliseconds = 86_400_000;
const firstEnd = Date.UTC(2100, 0, 1);

const random = seededRandom();
let grants = 0;

/** When points expire: returns the end of the next grant, in milliseconds; null for none. */
export const endsOf = {
  never: () => null,
  'one date': () => firstEnd,
  'one of four dates': () => dateOf(4, 91),
  'in the order of grants': () => firstEnd + 1_000 * grants++,
  'one of 120 dates': () => dateOf(120, 1),
  'any instant of 116 days': () => firstEnd + Math.floor(random() * 116 * dayMilliseconds),
} satisfies Record<string, () => number | null>;

export type Ends = keyof typeof endsOf;

/** Returns one of some dates that are as many days apart. */
function dateOf(dates: number, days: number): number {
  return firstEnd + Math.floor(random() * dates) * days * dayMilliseconds;
}
