import { type EntryRow, entryColumns, entryOf, readColumns } from '../../src/journal/entry-row';
import { UnknownEntry } from '../../src/journal/journal-error';
import { formFor } from '../../src/journal/row-forms';
import type { Entry } from '../../src/ledger/entry';
import { spend, transaction } from './entries';
import {
  beginningRow,
  capture,
  endRow,
  expiryRow,
  grant,
  hold,
  lapse,
  release,
  spendOf,
  spendReversal,
  transactionReversal,
} from './life-entries';

type Column = (typeof readColumns)[number];

const kinds: readonly Entry[] = [
  grant('a', 1, { availableFrom: 1, expiresAt: 2 }),
  spendOf('a', 2, [[1, 5, 2]]),
  lapse('a', 3, [expiryRow(1), beginningRow(1)]),
  spendReversal('a', 4, 2, { lapses: [expiryRow(1)] }),
  transactionReversal('a', 5, 1),
  hold('a', 6),
  hold('a', 7, { requested: 9, upTo: true, payers: { only: ['A', "O'Brien"] } }),
  capture('a', 8, 7),
  capture('a', 9, 7, { requested: null, keepRest: true, released: [], lapses: [expiryRow(1)] }),
  release('a', 10, 6, { lapses: [expiryRow(1)] }),
  { ...spendOf('a', 11, [[1, 5]]), requested: 8, upTo: true },
  { ...spendOf('a', 12, [[1, 5]]), payers: { except: ['A'] } },
  lapse('a', 13, [endRow(6), expiryRow(1), endRow(7), endRow(8), beginningRow(2)]),
];

/** Returns the row of an entry, with some columns changed. */
function rowWith(entry: Entry, change: Partial<Record<Column, unknown>> = {}): EntryRow {
  const { columns, rowOf } = formFor([entry]);
  const values = rowOf(entry);
  return readColumns.map((column) => {
    if (column in change) return change[column];
    const at = columns.indexOf(column);
    return at < 0 ? null : values[at];
  }) as unknown as EntryRow;
}

test.each(kinds)('a $kind is read as it was written', (entry) => {
  expect(entryOf(rowWith(entry))).toEqual(entry);
});

test('only entries that need them are inserted with the later columns', () => {
  const plain = [transaction('a', 1), spend('a', 2)];
  expect(formFor(plain).columns).toBe(entryColumns);
  for (const entry of kinds.filter(({ sequence }) => sequence !== 2)) {
    expect(formFor([...plain, entry]).columns.length).toBeGreaterThan(entryColumns.length);
  }
});

test('entries with dates or an actor are inserted with the columns of these only', () => {
  const columnsOf = (...entries: Entry[]) => formFor(entries).columns.slice(entryColumns.length);
  const acted = { ...spend('a', 2), actor: 'till 5' };
  const begun = grant('a', 3, { availableFrom: 1 });
  expect(columnsOf(transaction('a', 1), begun)).toEqual(['available_from', 'expires_at']);
  expect(columnsOf(acted, transaction('a', 1))).toEqual(['actor']);
  expect(columnsOf(acted, begun)).toEqual(['available_from', 'expires_at', 'actor']);
  expect(new Set(columnsOf(acted, begun, hold('a', 6)))).toEqual(
    new Set(readColumns.slice(entryColumns.length)),
  );
});

test.each(kinds.slice(0, 2))('a $kind by somebody is read as it was written', (entry) => {
  const acted = { ...entry, actor: 'till 5' };
  expect(entryOf(rowWith(acted))).toEqual(acted);
});

/** Returns a JSON text with a member more. */
function withMember(entry: Entry, column: Column): Partial<Record<Column, unknown>> {
  const text = rowWith(entry)[readColumns.indexOf(column)] as string;
  return { [column]: JSON.stringify({ ...JSON.parse(text), payers: ['A'] }) };
}

const [dated, spent, lapsed, returned, reversed, held] = kinds as Entry[] as [
  Entry,
  Entry,
  Entry,
  Entry,
  Entry,
  Entry,
];
const newer: readonly [unknown: string, Entry, Partial<Record<Column, unknown>>][] = [
  ['has format 3', dated, { format: 3 }],
  ['is of kind "gift"', dated, { kind: 'gift' }],
  ['is of kind "constructor"', dated, { kind: 'constructor' }],
  ['has a value in actor', lapsed, { actor: 'clerk' }],
  ['has "gift" in input', spent, { input: '{"requested":7,"gift":true}' }],
  ['has "gift" in payers', spent, { input: '{"payers":{"gift":[]}}' }],
  ['has payers of another form', held, { input: '{"requested":3,"payers":{}}' }],
  ['has a value in target_sequence', held, { target_sequence: 1 }],
  ['has a value in outcome', spent, { outcome: '{"rows":[]}' }],
  ['has a value in expires_at', spent, { expires_at: 1 }],
  ['has a value in input', dated, { input: '{}' }],
  ['has a value in available_from', returned, { available_from: 1 }],
  ['has "payers" in input', returned, withMember(returned, 'input')],
  ['has "payers" in outcome', reversed, withMember(reversed, 'outcome')],
  ['has "payers" in outcome', lapsed, withMember(lapsed, 'outcome')],
  ['has a row of kind "end"', lapsed, { outcome: '{"rows":[{"kind":"end"}]}' }],
  [
    'has "hold" in a row',
    lapsed,
    { outcome: JSON.stringify({ rows: [{ ...expiryRow(1), hold: 3 }] }) },
  ],
];

test.each(newer)(
  'what a newer version wrote is refused: an entry that %s',
  (what, entry, change) => {
    const read = () => entryOf(rowWith(entry, change));
    expect(read).toThrow(UnknownEntry);
    expect(read).toThrow(
      `Entry ${entry.sequence} of account "a" ${what}, which this program does not know: run the ` +
        'version that wrote it, or a newer one.',
    );
  },
);

test('a row that lacks a value of its kind is a broken invariant', () => {
  const lacking: readonly [Entry, Partial<Record<Column, unknown>>][] = [
    [dated, { payer: null }],
    [lapsed, { outcome: null }],
    [returned, { target_sequence: null }],
    [spent, { target_sequence: 1 }],
    [held, { input: '{}' }],
    [held, { expires_at: null }],
    [returned, { allocations: null }],
    [reversed, { outcome: '{"fromLot":1}' }],
  ];
  for (const [entry, change] of lacking) {
    expect(() => entryOf(rowWith(entry, change))).toThrow('Broken invariant');
  }
});
