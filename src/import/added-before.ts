import { countOf } from '../ledger/count-of';
import { partsOfKey, type SampledRow } from './sampled-row';

/** How many of an account's newest entries are compared. */
export const comparedEntriesMax = 1_000;

/** From this share of the sampled rows on, the file counts as added before. */
const shareMin = 0.9;

/**
 * Yields the idempotency keys of an account's entries, newest first, in pages of any size; nothing
 * for an unknown account.
 */
type ReadKeys = (accountId: string) => AsyncIterable<readonly (string | null)[]>;

/** The rows of a file are entries already, under keys that begin with another name. */
interface AddedBefore {
  readonly sampled: number;
  readonly found: number;
  /** The name of the import under which one of them was added. */
  readonly name: string;
}

/**
 * Looks up sampled rows of a file, by the derived part of their keys, among the newest entries of
 * their accounts. Finds a file that was saved again or that grew: its hash, and so its name, is
 * another, and all of its rows would be added again. Returns null unless nine tenths of the rows
 * are found under another name. Ends as soon as too many are missing, so that a new file costs few
 * requests.
 *
 * @param name of the import that is about to begin: rows under the same name are not added again.
 */
export async function addedBefore(
  sample: readonly SampledRow[],
  name: string,
  readKeys: ReadKeys,
): Promise<AddedBefore | null> {
  const missingMax = sample.length - Math.ceil(sample.length * shareMin);
  let missing = 0;
  let otherName: string | null = null;
  for (const [accountId, wanted] of byAccount(sample)) {
    const remaining = new Set(wanted);
    let compared = 0;
    for await (const keys of readKeys(accountId)) {
      for (const key of keys.slice(0, comparedEntriesMax - compared)) {
        const parts = key === null ? null : partsOfKey(key);
        if (parts === null || parts.name === name || !remaining.delete(parts.derived)) continue;
        otherName = parts.name;
      }
      compared += keys.length;
      if (remaining.size === 0 || compared >= comparedEntriesMax) break;
    }
    missing += remaining.size;
    if (missing > missingMax) return null;
  }
  if (otherName === null) return null;
  return { sampled: sample.length, found: sample.length - missing, name: otherName };
}

/** Groups the sample by account, those with the most rows first: they decide soonest. */
function byAccount(sample: readonly SampledRow[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const { accountId, derived } of sample) {
    const group = groups.get(accountId);
    if (group === undefined) groups.set(accountId, [derived]);
    else group.push(derived);
  }
  return [...groups].sort(([, left], [, right]) => right.length - left.length);
}

const lookedUp = 'rows that were looked up are entries';

/** Describes what was found in a sentence, to be followed by what to do. */
export function addedBeforeText({ sampled, found, name }: AddedBefore): string {
  return (
    `${found} of ${countOf(sampled, 'row that was looked up is an entry', lookedUp)} already, added ` +
    `by the import ${JSON.stringify(name)}: this file seems to be that one, saved again or grown.`
  );
}
