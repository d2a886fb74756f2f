import type { BlanksRule } from '../../src/import/reading-options';
import { itemsOf, readingOf } from './read-all';

const time = '2020-11-02T14:00:00Z';
const under = (blanks: BlanksRule) => ({ reading: { blanks, cutsDigits: false } });

/** Four columns; the reference may hold anything. */
function row(account: string, payer: string, reference = ''): string {
  return `account_id,payer,points,timestamp,reference\n${account},${payer},5,${time},${reference}\n`;
}

const line = (payer: string) => JSON.stringify({ payer, points: 5, timestamp: time });

test.each([
  [row(' a', 'A'), 'account_id is " a", which begins with U+0020 (space); write "a"'],
  [
    row('a\u00a0', 'A'),
    'account_id is "a\u00a0", which ends with U+00A0 (no-break space); write "a"',
  ],
  [row('a', '" OAK"'), 'payer is " OAK", which begins with U+0020 (space); write "OAK"'],
  [row('a', '\u3000A'), 'begins with U+3000 (ideographic space); write "A"'],
  [row('a', '\ufeffA'), 'begins with U+FEFF'],
  [row('a', ' "OAK"'), 'cell 2 (payer) has a blank before its opening quote'],
  [row('a', ' "OAK"'), 'write "OAK" without the blank'],
  [row('a', ' "OAK, Ltd"'), 'write "OAK, Ltd" without the blank'],
  [row('a', 'A', ' "order, 7"'), 'cell 5 (reference) has a blank before its opening quote'],
  [row('a', '"OAK" '), '" " follows a closing quote; remove the blank'],
])('%j is refused alone, with what would be right: %s', async (text, reason) => {
  const [refused, next] = await itemsOf(`${text}b,B,1,${time},\n`);
  expect(refused).toMatchObject({ kind: 'refused', line: 2 });
  expect((refused as { reason: string }).reason).toContain(reason);
  expect(next).toMatchObject({ kind: 'row', input: { payer: 'B' } });
});

test.each([
  [' A', 'payer is " A", which begins with U+0020 (space); write "A"'],
  ['A\u2003', 'which ends with U+2003'],
])('a name of NDJSON with a blank at its end is refused: %j, %s', async (payer, reason) => {
  const [item] = await itemsOf(line(payer), 'ndjson');
  expect(item).toMatchObject({ code: 'INVALID_PAYER', reason: expect.stringContaining(reason) });
});

test('blanks within a name, and around a reference, are part of it', async () => {
  const [item] = await itemsOf(row('a', 'MILLER COORS', ' order 7'));
  expect(item).toMatchObject({ input: { payer: 'MILLER COORS', reference: ' order 7' } });
});

test.each([
  [row(' a ', '" OAK "'), { accountId: 'a', payer: 'OAK' }],
  [row('a', ' "OAK, Ltd" '), { payer: 'OAK, Ltd' }],
  [row('a', 'A', '\t"say ""q"", r"\u00a0'), { reference: 'say "q", r' }],
  [row('a', '5" disc', ' r'), { payer: '5" disc', reference: ' r' }],
])('trimmed, %j is a row', async (text, input) => {
  for (const size of [1, 3, 1_000]) {
    const [item] = await itemsOf(text, 'csv', { ...under('trim'), size });
    expect(item).toMatchObject({ kind: 'row', input });
  }
});

test('with tabs between the cells, trimming does not move them', async () => {
  const text = row('a', ' "A|B" ', 'r').replaceAll(',', '\t').replace('|', ', ');
  const [item] = await itemsOf(text, 'csv', under('trim'));
  expect(item).toMatchObject({ kind: 'row', input: { accountId: 'a', payer: 'A, B' } });
});

test('trimming changes the key of no row that is accepted without it', async () => {
  const text = `${row('a', 'A', ' r')}a, A,5,${time}, r\na,A,5,${time},r\nb,"B",5,${time},\n`;
  const keys = async (blanks: BlanksRule) => (await itemsOf(text, 'csv', under(blanks))).slice();
  const trimmed = await keys('trim');
  for (const [at, item] of (await keys('refuse')).entries()) {
    if (item.kind === 'row') expect(trimmed[at]).toEqual(item);
  }
  expect(trimmed.map(({ kind }) => kind)).toEqual(['row', 'row', 'row', 'row']);
});

test('the key of a trimmed row is derived from what is left', async () => {
  const [trimmed] = await readingOf(line(' A '), 'ndjson', under('trim'));
  expect([trimmed]).toEqual(await readingOf(line('A'), 'ndjson'));
});

test('blanks that are kept are part of the name, as they were in the first release', async () => {
  const [item] = await itemsOf(row(' pay', ' "OAK"'), 'csv', under('keep'));
  expect(item).toMatchObject({ kind: 'row', input: { accountId: ' pay', payer: ' "OAK"' } });
  const [refused] = await itemsOf(row(' pay', ' "OAK"'));
  expect((refused as { idempotencyKey?: string }).idempotencyKey).toBe(
    (item as { input: { idempotencyKey: string } }).input.idempotencyKey,
  );
});

test.each([
  ['2020-11-02T14:00:00.1234Z', 'the digits 4 after the millisecond', '14:00:00.123Z'],
  ['2020-11-02T14:00:00.123000001+01:00', 'the digits 000001 after', '14:00:00.123+01:00'],
])(
  'of %s, digits that would be lost are refused unless they are cut',
  async (instant, found, right) => {
    const text = `payer,points,timestamp\nA,5,${instant}\n`;
    const [refused] = await itemsOf(text);
    expect(refused).toMatchObject({ code: 'INVALID_TIMESTAMP' });
    expect((refused as { reason: string }).reason).toContain(found);
    expect((refused as { reason: string }).reason).toContain(`write 2020-11-02T${right}`);
    const [cut] = await itemsOf(text, 'csv', { reading: { blanks: 'refuse', cutsDigits: true } });
    expect(cut).toMatchObject({
      kind: 'row',
      input: { timestamp: expect.stringMatching(/\.123Z$/) },
    });
  },
);

test.each(['.1', '.12', '.123', '.123000', ''])(
  'the digits %j of an instant are kept',
  async (digits) => {
    const [item] = await itemsOf(`payer,points,timestamp\nA,5,2020-11-02T14:00:00${digits}Z\n`);
    expect(item).toMatchObject({ kind: 'row' });
  },
);
