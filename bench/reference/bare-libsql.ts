import { join } from 'node:path';
import { BareInserts } from '../support/bare-inserts';
import { entriesOfImport } from '../support/import-entries';
import type { RowKind } from '../support/ledger-traffic';

/** Inserts the rows of bulk calls with libsql alone, in its own process as the server does. */
const rowsPerCommit = 1_000;
const commits = 30;

void main();

async function main(): Promise<void> {
  const bare = await BareInserts.open(join(process.argv[2], 'bare.db'));
  process.on('message', (request: RowKind) => {
    const batches = Array.from({ length: commits }, () => entriesOfImport(request, rowsPerCommit));
    process.send!(bare.rowsPerSecond(batches));
  });
  process.send!('ready');
}
