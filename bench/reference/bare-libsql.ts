import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Entry } from '../../src/ledger/entry';
import { BareInserts } from '../support/bare-inserts';
import { nextKey, type RowKind, someAdd } from '../support/ledger-traffic';

/** Inserts the rows of bulk calls with libsql alone, in its own process as the server does. */
const rowsPerCommit = 1_000;
const commits = 30;
const sequences = new Map<string, number>();

void main();

async function main(): Promise<void> {
  const bare = await BareInserts.open(join(process.argv[2], 'bare.db'));
  process.on('message', (request: RowKind) => {
    const batches = Array.from({ length: commits }, () =>
      Array.from({ length: rowsPerCommit }, () => someEntry(request)),
    );
    process.send!(bare.rowsPerSecond(batches));
  });
  process.send!('ready');
}

function someEntry({ accounts, keys }: RowKind): Entry {
  const { accountId, command } = someAdd(accounts);
  const sequence = (sequences.get(accountId) ?? 0) + 1;
  sequences.set(accountId, sequence);
  const { payer, points, timestamp } = command;
  return {
    kind: 'transaction',
    id: randomUUID(),
    accountId,
    sequence,
    recordedAt: Date.now(),
    reference: null,
    idempotencyKey: nextKey(keys),
    payer,
    points,
    timestamp,
  };
}
