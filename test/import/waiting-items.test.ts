import fc from 'fast-check';
import { bucketHeaders } from '../../src/client/operation-bucket';
import { readImport } from '../../src/import/read-import';
import type { RowInput } from '../../src/import/row-input';
import { runImport } from '../../src/import/run-import';
import { rowsPerCall } from '../../src/import/send-rows';
import { rowsOfBucketMin } from '../../src/import/waiting-items';
import { chunked } from './read-all';

/** Returns the rows of each call of an import whose rows are for these accounts. */
async function callsFor(
  accounts: readonly number[],
  concurrency = 1,
): Promise<(readonly RowInput[])[]> {
  const calls: (readonly RowInput[])[] = [];
  const rows = accounts.map((id, at) => `member ${id},A,${at + 1},2020-11-02T14:00:00Z\n`);
  const text = `account_id,payer,points,timestamp\n${rows.join('')}`;
  await runImport(readImport(chunked(text, 30_000), { format: 'csv', name: 'test' }), {
    async send(call) {
      calls.push(call);
      return call.map(() => ({ replayed: false, refusal: null }));
    },
    onRefused: () => {},
    onProgress: () => {},
    signal: new AbortController().signal,
    concurrency,
  });
  return calls;
}

const headerOf = (transactions: readonly RowInput[]) => bucketHeaders({ input: { transactions } });
const repeated = (count: number, ...accounts: number[]) =>
  Array.from({ length: count }, (_unused, at) => accounts[at % accounts.length]!);

test('a call holds rows of one bucket if enough of them are waiting', async () => {
  const calls = await callsFor(repeated(3_000, 1, 2, 3));
  expect(calls.flat()).toHaveLength(3_000);
  for (const call of calls) expect(headerOf(call)).not.toEqual({});
  expect(calls.length).toBeLessThan(20);
});

test('otherwise it mixes, and has no header', async () => {
  const spread = Array.from({ length: 5_000 }, (_unused, at) => at);
  const calls = await callsFor(spread);
  expect(calls.map(({ length }) => length)).toEqual(Array(5).fill(rowsPerCall));
  for (const call of calls) expect(headerOf(call)).toEqual({});
});

test('buckets with fewer rows share a call, and none waits for others that are full', async () => {
  const few = repeated(2 * (rowsOfBucketMin - 1), 1, 2);
  const full = repeated(rowsOfBucketMin, 3);
  const calls = await callsFor([...few, ...full]);
  expect(calls.map((call) => call.length)).toEqual([few.length, full.length]);
  expect(calls.map((call) => Object.keys(headerOf(call)).length)).toEqual([0, 1]);
  const long = await callsFor([...few, ...repeated(20_000, 3)]);
  expect(long[0]!.map(({ points }) => points)).toEqual(few.map((_unused, at) => at + 1));
});

test('a few rows of other buckets wait for more, or for the end', async () => {
  const calls = await callsFor([...repeated(4, 1, 2), ...repeated(3_000, 3)]);
  expect(calls.at(-1)!.map(({ points }) => points)).toEqual([1, 2, 3, 4]);
  expect(calls.slice(0, -1).flat()).toHaveLength(3_000);
});

test('rows of an account are sent in their order, once each, however calls are cut', async () => {
  const accounts = fc
    .array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 120 })), { minLength: 1, maxLength: 90 })
    .map((runs) => runs.flatMap(([id, count]) => repeated(count, id)));
  await fc.assert(
    fc.asyncProperty(accounts, fc.integer({ min: 1, max: 5 }), async (ids, concurrency) => {
      const sent = (await callsFor(ids, concurrency)).flat();
      const places = new Map<string, number[]>();
      for (const { accountId, points } of sent) {
        places.set(accountId, [...(places.get(accountId) ?? []), points]);
      }
      const expected = new Map<string, number[]>();
      for (const [at, id] of ids.entries()) {
        const key = `member ${id}`;
        expected.set(key, [...(expected.get(key) ?? []), at + 1]);
      }
      expect(places).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});
