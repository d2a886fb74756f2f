import { readFileSync } from 'node:fs';
import { LedgerClient } from '../faults/ledger-client';
import { usePostgres } from '../support/postgres-server';
import { useClusterServers } from './cluster-servers';

const postgres = usePostgres();
const servers = useClusterServers();

const rowsPerCall = 1_000;
const calls = 160;
const wavesMin = 4;
const wavesMax = 16;
const refusals = new Set(['OVERLOADED', 'SERVICE_UNAVAILABLE']);
/** The process, a full queue, and garbage of former ones that is not collected yet. */
const residentKibibytesMax = 600 * 1_024;

const addMany = `mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) {
  results { errors { code } } } }`;

const transactions = Array.from({ length: rowsPerCall }, (_row, index) => ({
  accountId: `account ${index % 50}`,
  payer: 'DANNON',
  points: 1,
  timestamp: '2020-11-02T14:00:00Z',
}));

function residentKibibytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}

test('past the limit requests are refused at once, queued ones get a response in time, and memory stays bounded', async () => {
  const url = await postgres().createDatabase('overload');
  const server = servers.start(url);
  const client = new LedgerClient(await server.origin, calls);
  const sizes: number[] = [];
  const seen = new Set<string>();
  // On a busy machine, the first requests of a wave may be refused before the last ones arrive, and
  // the queue never fills.
  for (let wave = 0; wave < wavesMin || (seen.size < 2 && wave < wavesMax); wave += 1) {
    postgres().freeze(true);
    const replies = await Promise.all(
      Array.from({ length: calls }, () => client.ask(addMany, { input: { transactions } })),
    );
    postgres().freeze(false);
    sizes.push(residentKibibytes(server.process.pid!));
    const codes = replies.flatMap((reply) => (reply.kind === 'responded' ? reply.codes : ['none']));
    expect(codes).toHaveLength(calls);
    expect(codes.filter((code) => !refusals.has(code))).toEqual([]);
    for (const code of codes) seen.add(code);
  }
  expect(seen).toEqual(refusals);
  expect(Math.max(...sizes)).toBeLessThan(residentKibibytesMax);
  while (!(await fetch(`${await server.origin}/readyz`)).ok);
  expect(await client.ask(addMany, { input: { transactions } })).toMatchObject({ codes: [] });
  client.close();
}, 360_000);
