import fc from 'fast-check';
import { type ImportStep, type RefusedRow, readImport } from '../../src/import/read-import';
import type { RowInput } from '../../src/import/row-input';
import { type RunOptions, runImport } from '../../src/import/run-import';
import { rowsPerCall, ServerAway } from '../../src/import/send-rows';
import { chunked } from './read-all';

const time = '2020-11-02T14:00:00Z';

/** Rows whose points count up, which shows their order; one in ten is malformed. */
function steps(accounts: readonly number[]): AsyncIterable<ImportStep> {
  const rows = accounts.map((account, at) =>
    at % 10 === 9 ? `a${account},A,x,${time}` : `a${account},A,${at + 1},${time}`,
  );
  const text = `account_id,payer,points,timestamp\n${rows.join('\n')}\n`;
  return readImport(chunked(text, 5_000), { format: 'csv', name: 'test' });
}

const quiet = { onRefused: () => {}, onProgress: () => {}, signal: new AbortController().signal };
const accepted = (rows: readonly RowInput[]) =>
  rows.map(() => ({ replayed: false, refusal: null }));

function run(accounts: readonly number[], options: Partial<RunOptions> & Pick<RunOptions, 'send'>) {
  return runImport(steps(accounts), { ...quiet, ...options });
}

const manyAccounts = fc
  .array(fc.nat(12), { minLength: 1, maxLength: 300 })
  .map((start) => Array.from({ length: 6_000 }, (_unused, at) => start[at % start.length]));

test('rows of an account are sent in order, once each, whatever is delayed or retried', async () => {
  await fc.assert(
    fc.asyncProperty(
      manyAccounts,
      fc.integer({ min: 1, max: 5 }),
      fc.infiniteStream(fc.constantFrom('succeed', 'succeed', 'wait', 'wait', 'succeed', 'lose')),
      async (accounts, concurrency, outcomes) => {
        const seen = new Map<string, number[]>();
        const all = new Set<number>();
        const inFlight = new Set<string>();
        let calls = 0;
        let callsMax = 0;
        const take = (rows: readonly RowInput[]) => {
          for (const { accountId, points } of rows) {
            // A call whose response was lost is retried.
            if (all.has(points)) continue;
            all.add(points);
            const before = seen.get(accountId);
            if (before === undefined) seen.set(accountId, [points]);
            else before.push(points);
          }
        };
        const tally = await run(accounts, {
          concurrency,
          async send(rows) {
            const ids = new Set(rows.map(({ accountId }) => accountId));
            for (const id of ids) expect(inFlight.has(id)).toBe(false);
            for (const id of ids) inFlight.add(id);
            calls += 1;
            callsMax = Math.max(callsMax, calls);
            expect(rows.length).toBeLessThanOrEqual(rowsPerCall);
            const outcome = outcomes.next().value;
            if (outcome === 'wait') await new Promise(setImmediate);
            take(rows);
            for (const id of ids) inFlight.delete(id);
            calls -= 1;
            if (outcome === 'lose') throw new ServerAway('lost');
            return accepted(rows);
          },
        });
        expect(callsMax).toBeLessThanOrEqual(concurrency);
        expect(tally).toMatchObject({ rows: 6_000, added: 5_400, replayed: 0, refused: 600 });
        for (const points of seen.values()) {
          expect(points).toEqual(points.toSorted((left, right) => left - right));
        }
        expect(all.size).toBe(5_400);
      },
    ),
    { numRuns: 8 },
  );
});

test('rows that the server refuses are reported with line and record, in the order of the file', async () => {
  const refused: RefusedRow[] = [];
  const tally = await run(new Array(25).fill(1), {
    onRefused: (rows) => refused.push(...rows),
    send: async (rows) =>
      rows.map(({ points }) => ({
        replayed: points === 2,
        refusal: points === 5 ? { code: 'POINTS_OUT_OF_RANGE', reason: 'Too many.' } : null,
      })),
  });
  expect(tally).toMatchObject({ rows: 25, added: 21, replayed: 1, refused: 3 });
  expect(refused.map(({ line, code }) => [line, code])).toEqual([
    [6, 'POINTS_OUT_OF_RANGE'],
    [11, 'INVALID_POINTS'],
    [21, 'INVALID_POINTS'],
  ]);
  expect(refused[0].record.cells).toEqual(['a1', 'A', '5', time]);
});

test('an error that is not retryable ends the import, and the results before it are reported', async () => {
  let reported = 0;
  let calls = 0;
  const failing = run(new Array(5_000).fill(1), {
    onProgress: ({ rows }) => {
      reported = rows;
    },
    async send(rows) {
      calls += 1;
      if (calls === 3) throw new Error('not found');
      return accepted(rows);
    },
  });
  await expect(failing).rejects.toThrow('not found');
  expect(calls).toBe(3);
  expect(reported).toBe(2_000);
});

test('an import rejects after its patience if the server stays unreachable', async () => {
  const away = async () => {
    throw new ServerAway('away');
  };
  await expect(run([1], { send: away, patienceMs: 0 })).rejects.toThrow('away');
});

test('an aborted import waits for the calls in flight, and sends nothing more', async () => {
  const controller = new AbortController();
  let sent = 0;
  const tally = await run(new Array(6_000).fill(1), {
    signal: controller.signal,
    async send(rows) {
      controller.abort();
      await new Promise(setImmediate);
      sent += rows.length;
      return accepted(rows);
    },
  });
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThanOrEqual(rowsPerCall);
  expect(tally.added).toBe(sent);
});

test('an aborted import does not wait for an unreachable server', async () => {
  const controller = new AbortController();
  const tally = await run(new Array(3_000).fill(1), {
    signal: controller.signal,
    onAway: () => controller.abort(),
    async send() {
      throw new ServerAway('away');
    },
  });
  expect(tally.added).toBe(0);
});
