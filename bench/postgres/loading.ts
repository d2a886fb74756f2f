import { setTimeout as pause } from 'node:timers/promises';
import { type ServerProcess, serverCore, startLedger } from '../http/server-process';
import { formatNumber, type Table } from '../support/table';
import type { BenchDatabase } from './database';

const entries = 1_000_000;
const behindEntries = 10_000;
const name = 'loading';
const retryMs = 50;

interface LoadingRow {
  readonly name: string;
  readonly entries: number;
  readonly seconds: number;
}

/**
 * Measures the load of an account with a long history, half grants and half spends, written by
 * plain SQL.
 */
export async function measureLoading(database: BenchDatabase): Promise<LoadingRow[]> {
  const url = await database.create(name);
  const first = await startLedger(url, [], serverCore);
  await fill(database, 1, entries);
  const rows = [await timed('loaded from its entries', entries, first)];
  const isStored = `DO $$ BEGIN ASSERT (SELECT count(*) FROM snapshot) = 1; END $$`;
  while (!(await succeeds(database.query(name, isStored)))) await pause(retryMs);
  const second = await startLedger(url, [], serverCore);
  rows.push(await timed('loaded from its snapshot', 0, second));
  await fill(database, entries + 1, behindEntries);
  rows.push(await timed('caught up in memory', behindEntries, second));
  await first.stop();
  await second.stop();
  return rows;
}

/** Writes entries in pairs: a grant, and the spend that takes all of it. */
async function fill(database: BenchDatabase, from: number, count: number): Promise<void> {
  const to = from + count - 1;
  const allocation = `'[{"sequence":' || n - 1 || ',"timestamp":1,"payer":"DANNON","points":5}]'`;
  await database.query(
    name,
    `INSERT INTO entry (account_id, sequence, id, format, kind, payer, points, timestamp, recorded_at, allocations)
     SELECT 'member', n, 'e' || n, 1,
       CASE n % 2 WHEN 1 THEN 'transaction' ELSE 'spend' END,
       CASE n % 2 WHEN 1 THEN 'DANNON' END, 5,
       CASE n % 2 WHEN 1 THEN 1 END, 1,
       CASE n % 2 WHEN 0 THEN (${allocation})::json END
     FROM generate_series(${from}, ${to}) AS n`,
  );
}

async function timed(what: string, read: number, server: ServerProcess): Promise<LoadingRow> {
  const start = performance.now();
  await readTotal(server);
  return { name: what, entries: read, seconds: (performance.now() - start) / 1_000 };
}

async function readTotal({ port }: ServerProcess): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ account(id: "member") { points } }' }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(`Not read: ${JSON.stringify({ data, errors })}`);
}

async function succeeds(response: Promise<void>): Promise<boolean> {
  return response.then(
    () => true,
    () => false,
  );
}

export function presentLoading(rows: readonly LoadingRow[]): Table {
  return {
    title: `The first response about an account of ${formatNumber(entries)} entries on PostgreSQL`,
    columns: ['the account is', 'entries read', 'seconds', 'entries/s'],
    rows: rows.map((row) => [
      row.name,
      formatNumber(row.entries),
      row.seconds.toFixed(3),
      row.entries === 0 ? '' : formatNumber(row.entries / row.seconds),
    ]),
    notes: ['Measured once: each server reads the account only the first time.'],
  };
}
