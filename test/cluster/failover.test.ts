import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LedgerClient } from '../faults/ledger-client';
import { copyDataFolder, PostgresServer } from '../support/postgres-server';
import { useClusterServers } from './cluster-servers';

const servers = useClusterServers();

const standbyName = 'second';
const clients = 16;
const confirmedBefore = 400;
const confirmedAfter = 100;
const retryMs = 50;

const add = `mutation ($input: AddTransactionInput!) { addTransaction(input: $input) {
  transaction { sequence } replayed errors { code } } }`;

interface Added {
  readonly addTransaction: { readonly transaction: { readonly sequence: number } };
}

/** Starts a primary with synchronous replication, and its standby. */
async function replicated(): Promise<{ primary: PostgresServer; standby: PostgresServer }> {
  const alone = await PostgresServer.start();
  await alone.createDatabase('ledger');
  await alone.stop();
  const folder = copyDataFolder(alone.folder);
  writeFileSync(join(folder, 'standby.signal'), '');
  const primary = await PostgresServer.on(alone.folder, {
    synchronous_standby_names: standbyName,
  });
  const standby = await PostgresServer.on(folder, {
    primary_conninfo: `host=127.0.0.1 port=${primary.port} user=postgres application_name=${standbyName}`,
  });
  await primary.start();
  await standby.start();
  await isReplicating(primary);
  return { primary, standby };
}

async function isReplicating(primary: PostgresServer): Promise<void> {
  for (;;) {
    const [{ count }] = await primary.query(
      "SELECT count(*)::int AS count FROM pg_stat_replication WHERE sync_state = 'sync'",
    );
    if (count === 1) return;
    await pause(20);
  }
}

test('when the primary dies under load and the standby is promoted, every confirmed change is stored once', async () => {
  const { primary, standby } = await replicated();
  const { port } = standby;
  const url = `postgres://postgres@127.0.0.1:${primary.port},127.0.0.1:${port}/ledger`;
  const origins = await Promise.all([servers.start(url).origin, servers.start(url).origin]);
  const confirmed = new Map<string, number>();
  let isOver = false;

  const client = async (index: number) => {
    const ledger = new LedgerClient(origins[index % origins.length]);
    for (let number = 0; !isOver; number += 1) {
      const reference = `${index}/${number}`;
      const input = {
        accountId: `account ${index % 5}`,
        payer: 'DANNON',
        points: 1,
        timestamp: '2020-11-02T14:00:00Z',
        reference,
        idempotencyKey: reference,
      };
      for (;;) {
        const reply = await ledger.ask<Added>(add, { input });
        if (reply.kind === 'responded' && reply.codes.length === 0) {
          confirmed.set(reference, reply.data!.addTransaction.transaction.sequence);
          break;
        }
        if (isOver) break;
        await pause(retryMs);
      }
    }
    ledger.close();
  };
  const confirmations = async (count: number) => {
    while (confirmed.size < count) await pause(5);
  };
  const running = Array.from({ length: clients }, (_, index) => client(index));
  try {
    await confirmations(confirmedBefore);
    await primary.stop('kill');
    const confirmedByPrimary = new Map(confirmed);
    await standby.query('SELECT pg_promote()');
    await confirmations(confirmed.size + confirmedAfter);
    isOver = true;
    await Promise.all(running);

    const rows = await standby.query('SELECT reference, sequence FROM entry', 'ledger');
    const stored = new Map(rows.map((row) => [row.reference, Number(row.sequence)]));
    expect(stored.size).toBe(rows.length);
    const lost = (from: Map<string, number>) =>
      [...from].filter(([reference, sequence]) => stored.get(reference) !== sequence);
    expect(lost(confirmedByPrimary)).toEqual([]);
    expect(lost(confirmed)).toEqual([]);
  } finally {
    isOver = true;
    await Promise.all(running);
    await standby.dispose();
    await primary.dispose();
  }
});
