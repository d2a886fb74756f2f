import { seal } from '../../src/digest/entry-digest';
import type { Entry } from '../../src/ledger/entry';
import { storyOfAllKinds } from '../digest/story-of-all-kinds';
import { findingsOf } from './archives';

/** Changes a history, which verification must find. */
export type Fault = (entries: Entry[]) => Entry[];

/** Replaces the entry with this sequence, which is of this kind. */
export const at =
  <Kind extends Entry['kind']>(kind: Kind, sequence: number) =>
  (change: (entry: Extract<Entry, { kind: Kind }>) => Entry): Fault =>
  (entries) => {
    const entry = entries[sequence - 1]!;
    expect(entry.kind).toBe(kind);
    return entries.with(sequence - 1, change(entry as Extract<Entry, { kind: Kind }>));
  };

/** The sequences that follow are one less, and the digests are made again. */
export function without(sequence: number): Fault {
  const less = (value: number) => (value > sequence ? value - 1 : value);
  return (entries) =>
    entries.toSpliced(sequence - 1, 1).map((entry) => {
      const moved = { ...entry, sequence: less(entry.sequence) };
      return 'target' in moved ? { ...moved, target: less(moved.target) } : moved;
    });
}

/** The first findings, in their order. */
export type Findings = readonly (string | RegExp)[];

/** Expects these findings first, after a fault in the story of all kinds that is sealed again. */
export async function expectFound(fault: Fault, findings: Findings): Promise<void> {
  const wrong = fault(storyOfAllKinds());
  seal(wrong, null);
  const found = await findingsOf(wrong);
  const shown = found.map(({ sequence, problem }) => `entry ${sequence}: ${problem}`);
  const expected = findings.map((finding) =>
    typeof finding === 'string' ? finding : expect.stringMatching(finding),
  );
  expect(shown.slice(0, findings.length)).toEqual(expected);
}
