import fc from 'fast-check';
import {
  accountCursor,
  CursorProblem,
  historyCursor,
  lotCursor,
  readAccountCursor,
  readHistoryCursor,
  readLotCursor,
} from '../../src/ids/cursor';
import { decodeEntryId, encodeEntryId } from '../../src/ids/entry-id';
import { decodeOpaque, encodeOpaque } from '../../src/ids/opaque';
import { instantMax, instantMin } from '../../src/ledger/instant';
import { anyCharacter } from '../support/any-character';

const accounts = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => text.isWellFormed() && !/\p{Cc}/u.test(text));
const sequences = fc.integer({ min: 1, max: 2_147_483_647 });
const instants = fc.integer({ min: instantMin, max: instantMax });

test('an entry id names the place and the entry that it was made of', () => {
  fc.assert(
    fc.property(accounts, sequences, fc.uuid(), (accountId, sequence, id) => {
      const place = { accountId, sequence, id };
      expect(decodeEntryId(encodeEntryId(place))).toEqual(place);
    }),
  );
});

test('cursors name the position that they were made of', () => {
  fc.assert(
    fc.property(accounts, sequences, instants, (account, sequence, timestamp) => {
      const key = { timestamp, sequence };
      expect(readLotCursor(account, lotCursor(account, key))).toEqual(key);
      expect(readHistoryCursor(account, historyCursor(account, sequence))).toBe(sequence);
      expect(readAccountCursor(accountCursor(account))).toBe(account);
    }),
  );
});

test('no other spelling of an opaque text is read', () => {
  const text = encodeOpaque('ab', 1);
  expect(text).toBe('YWIKMQ');
  expect(decodeOpaque(text)).toEqual(['ab', '1']);
  for (const other of [`${text}==`, ` ${text}`, `${text}\n`, 'YWIKMR', 'YW IKMQ']) {
    expect([other, decodeOpaque(other)]).toEqual([other, null]);
  }
});

test.each([
  '',
  'x',
  'not an id',
  '💰',
  encodeOpaque('account', 1),
  encodeOpaque('account', 0, 'id'),
  encodeOpaque('account', 1.5, 'id'),
  encodeOpaque('account', '01', 'id'),
  encodeOpaque('account', 2_147_483_648, 'id'),
  encodeOpaque('account', 1, 'id', 'more'),
  lotCursor('account', { timestamp: 0, sequence: 1 }),
])('%j is the id of no entry', (text) => {
  expect(decodeEntryId(text)).toBeNull();
});

test('random texts are neither ids nor cursors', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      expect(decodeEntryId(text)).toBeNull();
      expect(readLotCursor('account', text)).toBeInstanceOf(CursorProblem);
    }),
  );
});

const fault = (reason: string) => ({ reason: expect.stringContaining(reason) });

test.each([
  ['another connection', historyCursor('a', 1), 'is not a cursor of lots'],
  ['another account', lotCursor('b', { timestamp: 0, sequence: 1 }), "another account's lots"],
  ['no instant', encodeOpaque('lots', 'a', instantMax + 1, 1), 'is not a cursor of lots'],
  ['no sequence', encodeOpaque('lots', 'a', 0, 0), 'is not a cursor of lots'],
  ['too many parts', encodeOpaque('lots', 'a', 0, 1, 2), 'is not a cursor of lots'],
])('a lot cursor of %s is refused', (_, cursor, reason) => {
  expect(readLotCursor('a', cursor)).toEqual(fault(reason));
});

test('cursors of history and accounts refuse each other', () => {
  expect(readHistoryCursor('a', accountCursor('a'))).toEqual(fault('not a cursor of history'));
  expect(readHistoryCursor('a', historyCursor('b', 1))).toEqual(fault("another account's"));
  expect(readAccountCursor(historyCursor('a', 1))).toEqual(fault('not a cursor of accounts'));
});
