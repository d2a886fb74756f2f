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

test('the rows of the fullest bucket are sent first, and the rest in calls of all buckets', async () => {
  const few = repeated(2 * (rowsOfBucketMin - 1), 1, 2);
  const calls = await callsFor([...few, ...repeated(rowsOfBucketMin, 3)]);
  expect(calls.map((call) => call.length)).toEqual([rowsOfBucketMin, few.length]);
  expect(calls.map((call) => Object.keys(headerOf(call)).length)).toEqual([1, 0]);
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
