import fc from 'fast-check';
import { chunksOf } from '../../src/import/file-records';
import { Occurrences } from '../../src/import/occurrences';
import type { RowInput } from '../../src/import/row-input';
import { importNameLengthMax, RowKeys } from '../../src/import/row-keys';
import { chunked, keysOf } from './read-all';

/** Few values, so that the same content comes again and again. */
const row = fc.record({
  accountId: fc.constantFrom('a', 'b'),
  payer: fc.constantFrom('A', 'B'),
  points: fc.constantFrom(1, -1),
  timestamp: fc.constantFrom('2020-11-02T14:00:00.000Z', '2020-11-02T15:00:00.000Z'),
  reference: fc.constantFrom(null, 'r'),
  idempotencyKey: fc.constantFrom(null, null, null, 'own'),
});
const rows = fc.array(row, { maxLength: 60 });

function keys(of: readonly RowInput[], name = 'test'): string[] {
  const derived = new RowKeys(name);
  return of.map((each) => derived.keyOf(each));
}

test('rows in another order have the same keys, each content its own', () => {
  const shuffled = rows.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      const keyed = (given: readonly RowInput[]) =>
        keys(given)
          .map((key, at) => `${key} ${JSON.stringify(given[at])}`)
          .sort();
      expect(keyed(other)).toEqual(keyed(all));
    }),
  );
});

test('the first rows of a file have the same keys as in the whole file', () => {
  fc.assert(
    fc.property(rows, fc.nat(), (all, count) => {
      const first = all.slice(0, count % (all.length + 1));
      expect(keys(first)).toEqual(keys(all).slice(0, first.length));
    }),
  );
});

test('no two rows share a derived key, however alike', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const derived = keys(all.map((each) => ({ ...each, idempotencyKey: null })));
      expect(new Set(derived).size).toBe(all.length);
    }),
  );
});

test('a key in the file is kept and changes no other key', () => {
  const plain = { accountId: 'a', payer: 'A', points: 1, timestamp: 't', reference: null };
  const [own, first] = keys([
    { ...plain, idempotencyKey: 'own' },
    { ...plain, idempotencyKey: null },
  ]);
  expect(own).toBe('own');
  expect(first).toMatch(/^test:[0-9a-f]{24}:1$/);
});

test('keys do not change, so that earlier imports are found', () => {
  const plain = { accountId: 'default', payer: 'DANNON', points: 1000, reference: null };
  const input = { ...plain, timestamp: '2020-11-02T14:00:00.000Z', idempotencyKey: null };
  expect(keys([input, input])).toMatchInlineSnapshot(`
[
  "test:12114ee07dfe64a932ff3508:1",
  "test:12114ee07dfe64a932ff3508:2",
]
`);
});

test('a row has the same key in CSV and in NDJSON, however its instant is written', async () => {
  const csv = 'payer,points,timestamp\nA,10,2020-11-02T15:00:00+01:00\n';
  const ndjson =
    '{"timestamp":"2020-11-02T14:00:00Z","points":10,"payer":"A","accountId":"default"}';
  expect(await keysOf(csv, 'csv', { size: 3 })).toEqual(await keysOf(ndjson, 'ndjson'));
});

test('other names give other keys, and the API accepts a key of the longest name and number', () => {
  const input: RowInput = {
    accountId: 'a',
    payer: 'A',
    points: 1,
    timestamp: 't',
    reference: null,
    idempotencyKey: null,
  };
  expect(keys([input], 'one')).not.toEqual(keys([input], 'two'));
  const [longest] = keys([input], 'n'.repeat(importNameLengthMax));
  expect(longest.length - 1 + String(2 ** 32 - 1).length).toBeLessThanOrEqual(255);
});

test.each(['', ' ', 'a\nb', '\ud800', 'n'.repeat(importNameLengthMax + 1)])(
  'the name %j is refused',
  (name) => {
    expect(() => new RowKeys(name)).toThrow('The name of an import');
  },
);

test('counts are those of a map, past several doublings of the table', () => {
  const hash = fc.tuple(fc.nat(40), fc.nat(3), fc.nat(3));
  fc.assert(
    fc.property(fc.array(hash, { minLength: 2_000, maxLength: 4_000 }), (hashes) => {
      const counted = new Occurrences();
      const model = new Map<string, number>();
      for (const [first, second, third] of hashes) {
        const key = `${first} ${second} ${third}`;
        model.set(key, (model.get(key) ?? 0) + 1);
        if (counted.add(first, second, third) !== model.get(key)) return false;
      }
      return true;
    }),
    { numRuns: 10 },
  );
  const many = new Occurrences();
  for (const count of [1, 2]) {
    const counts = Array.from({ length: 10_000 }, (_unused, at) => many.add(at % 7, at, 0));
    expect(new Set(counts)).toEqual(new Set([count]));
  }
});

test('a web stream is read in its chunks', async () => {
  const chunks: number[] = [];
  const stream = new Blob(['payer']).stream() as ReadableStream<Uint8Array>;
  for await (const chunk of chunksOf(stream)) chunks.push(...chunk);
  const wanted: number[] = [];
  for await (const chunk of chunked('payer')) wanted.push(...chunk);
  expect(chunks).toEqual(wanted);
});
