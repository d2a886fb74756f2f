import { Client } from 'pg';
import { entryColumns, rowOf } from '../../src/journal/entry-row';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { entriesOfImport } from '../support/import-entries';
import type { RowKind } from '../support/ledger-traffic';

/**
 * Inserts the rows of bulk calls with pg alone: one statement of plain rows per batch, into the
 * journal's own table with its indexes, as durable as the journal.
 */
const rowsPerStatement = 1_000;
const statements = 20;

const width = entryColumns.length;
const tuples = Array.from({ length: rowsPerStatement }, (_row, row) => {
  const places = entryColumns.map((_column, column) => `$${row * width + column + 1}`);
  return `(${places.join(', ')})`;
});
const insert = `INSERT INTO entry (${entryColumns.join(', ')}) VALUES ${tuples.join(', ')}`;

void main();

async function main(): Promise<void> {
  const url = process.argv[2];
  await (await PostgresJournal.open(url)).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  process.on('message', async (request: RowKind) => {
    const batches = Array.from({ length: statements }, () =>
      entriesOfImport(request, rowsPerStatement).flatMap(rowOf),
    );
    const start = process.hrtime.bigint();
    for (const values of batches) await client.query(insert, values);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    process.send!((statements * rowsPerStatement) / seconds);
  });
  process.send!('ready');
}
