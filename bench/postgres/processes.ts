import { startDelayProxy } from '../support/delay-proxy';
import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { formatNumber, formatRatio, formatSpread, type Table } from '../support/table';
import type { BenchDatabase } from './database';
import { type Fleet, type Kind, startFleet } from './fleet';

const connections = 64;
const milliseconds = 1_500;
const rounds = 4;
const farMs = 5;

const cases = [
  { name: '1 process', processes: 1, isOneFar: false },
  { name: '2 processes', processes: 2, isOneFar: false },
  { name: '4 processes', processes: 4, isOneFar: false },
  { name: '4 processes, one 10 ms away', processes: 4, isOneFar: true },
] as const;

interface ProcessesRow {
  readonly name: string;
  readonly accounts: number;
  readonly requestsPerSecond: Spread;
  readonly referenceRequestsPerSecond: Spread;
  readonly ratio: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
}

/** Measures several processes. Load, servers and database share the machine without pinning. */
export async function measureProcesses(database: BenchDatabase): Promise<ProcessesRow[]> {
  const url = await database.create('processes');
  const referenceUrl = await database.create('processes_reference');
  const proxy = await startDelayProxy(database.port, farMs);
  const rows: ProcessesRow[] = [];
  for (const { name, processes, isOneFar } of cases) {
    const start = (kind: Kind, address: string) =>
      startFleet(kind, addresses(address, processes, isOneFar ? proxy.port : null), null);
    const ledger = await start('ledger', url);
    const reference = await start('reference', referenceUrl);
    for (const accounts of [1_000, 1]) {
      rows.push({ name, accounts, ...(await measure(ledger, reference, accounts)) });
    }
    await ledger.stop();
    await reference.stop();
  }
  await proxy.stop();
  return rows;
}

async function measure(ledger: Fleet, reference: Fleet, accounts: number) {
  const request = { kind: 'addTransaction', accounts } as const;
  const run = (fleet: Fleet) => fleet.run({ connections, milliseconds, request });
  await run(ledger);
  await run(reference);
  const own = [];
  const others = [];
  for (let round = 0; round < rounds; round += 1) {
    others.push((await run(reference)).requestsPerSecond);
    own.push(await run(ledger));
  }
  const requests = own.map(({ requestsPerSecond }) => requestsPerSecond);
  return {
    requestsPerSecond: spreadOf(requests),
    referenceRequestsPerSecond: spreadOf(others),
    ratio: ratioOf(requests, others),
    p50Ms: spreadOf(own.map(({ p50Ms }) => p50Ms)),
    p99Ms: spreadOf(own.map(({ p99Ms }) => p99Ms)),
  };
}

/** Returns the address for each process; the last one's goes through the proxy, if there is one. */
function addresses(url: string, processes: number, proxyPort: number | null): string[] {
  return Array.from({ length: processes }, (_, index) => {
    const address = new URL(url);
    if (proxyPort !== null && index === processes - 1) address.port = String(proxyPort);
    return address.href;
  });
}

export function presentProcesses(rows: readonly ProcessesRow[]): Table {
  const columns = ['servers, over', 'requests/s', 'reference', 'ratio'];
  return {
    title: `addTransaction on PostgreSQL by several processes, ${connections} connections`,
    columns: [...columns, 'slowest p50 ms', 'slowest p99 ms'],
    rows: rows.map((row) => [
      `${row.name}, ${row.accounts === 1 ? 'one account' : `${formatNumber(row.accounts)} accounts`}`,
      formatSpread(row.requestsPerSecond),
      formatSpread(row.referenceRequestsPerSecond),
      formatSpread(row.ratio, formatRatio),
      row.p50Ms.median.toFixed(1),
      row.p99Ms.median.toFixed(1),
    ]),
    notes: [
      'Servers, load and PostgreSQL share the processors of the machine, of which there are fewer ' +
        'than processes: more servers bring more only where a machine has room for them.',
      'The reference has as many processes. The process that is 10 ms away is so from the database.',
    ],
  };
}
