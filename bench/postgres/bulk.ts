import { join } from 'node:path';
import { rowsPerBulk } from '../http/graphql-requests';
import { serverCore } from '../http/server-process';
import { nextMessage, startChild, stopChild } from '../support/child';
import { describeKeys, type RowKind } from '../support/ledger-traffic';
import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatRatio, formatSpread, type Table } from '../support/table';
import type { BenchDatabase } from './database';
import { startFleet } from './fleet';

const connections = 4;
const milliseconds = 1_500;
const rounds = 3;
const targetShare = 0.6;
const variants: readonly RowKind[] = [
  { accounts: 10, keys: 'none' },
  { accounts: 1_000, keys: 'none' },
  { accounts: 1_000, keys: 'numbered' },
];

interface BulkRow extends RowKind {
  readonly rowsPerSecond: Spread;
  readonly bareRowsPerSecond: Spread;
  readonly ratioToBare: Spread;
}

/** Measures calls of a thousand rows, and between them rows of the same form by pg alone. */
export async function measureBulk(database: BenchDatabase): Promise<BulkRow[]> {
  const fleet = await startFleet('ledger', [await database.create('bulk')], serverCore);
  const bare = startChild({
    script: join(__dirname, '..', 'reference', 'bare-postgres.js'),
    arguments: [await database.create('bulk_bare')],
    core: serverCore,
  });
  await nextMessage(bare);
  const inserted = (variant: RowKind) => {
    const response = nextMessage<number>(bare);
    bare.send(variant);
    return response;
  };
  const rows: BulkRow[] = [];
  for (const variant of variants) {
    const request = { kind: 'addTransactions', ...variant } as const;
    const run = () => fleet.run({ connections, milliseconds, request });
    await run();
    await inserted(variant);
    const own: number[] = [];
    const alone: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      own.push((await run()).requestsPerSecond * rowsPerBulk);
      alone.push(await inserted(variant));
    }
    rows.push({
      ...variant,
      rowsPerSecond: spreadOf(own),
      bareRowsPerSecond: spreadOf(alone),
      ratioToBare: ratioOf(own, alone),
    });
  }
  await stopChild(bare);
  await fleet.stop();
  return rows;
}

export function presentBulk(rows: readonly BulkRow[]): Table {
  return {
    title: `addTransactions of 1,000 rows on PostgreSQL, ${connections} connections`,
    columns: ['rows over', 'rows/s', 'bare rows/s', 'ratio', 'target', ''],
    rows: rows.map((row) => [
      `${formatNumber(row.accounts)} accounts, ${describeKeys(row.keys)}`,
      formatSpread(row.rowsPerSecond),
      formatSpread(row.bareRowsPerSecond),
      formatSpread(row.ratioToBare, formatRatio),
      `≥ ${targetShare}`,
      formatMet(row.ratioToBare.median >= targetShare),
    ]),
    notes: [
      'Bare: rows of the same form by pg alone, one statement of 1,000 rows per commit, one after ' +
        'the other, into the same table with the same indexes.',
    ],
  };
}
