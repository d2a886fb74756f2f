import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { useFolder } from '../journal/sqlite/fixture';
import { startLedger } from '../support/ledger-server';
import { points } from './points';

const folder = useFolder();

/** Megabytes of the heap, beside the young generation; the program itself takes half of them. */
const heap = { NODE_OPTIONS: '--max-old-space-size=32 --max-semi-space-size=4' };

/** Some 300 bytes each, and as an object twice that. */
async function* rows(count: number): AsyncGenerator<string> {
  yield 'account_id,payer,points,timestamp,reference\n';
  for (let at = 0; at < count; at += 1) {
    const reference = `order ${at} ${'x'.repeat(200)}`;
    yield `account ${at % 500},PAYER ${at % 7},1,2020-11-02T14:00:00Z,${reference}\n`;
  }
}

test('50,000 rows are imported, exported, checked and restored in a heap that does not hold them', async () => {
  const path = join(folder(), 'rows.csv');
  await pipeline(rows(50_000), createWriteStream(path));
  const database = `file:${join(folder(), 'ledger.db')}`;
  const server = await startLedger({ kind: 'file', path: join(folder(), 'ledger.db') });
  const ran = await points(['import', path, '--url', server.endpoint], { env: heap });
  await server.stop();
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.out).toContain('50,000 added');
  const output = join(folder(), 'export.ndjson');
  const exported = await points(['export', '--database', database, '-o', output], { env: heap });
  expect(exported).toMatchObject({ code: 0 });
  expect(await points(['verify', '--database', database], { env: heap })).toMatchObject({
    code: 0,
  });
  const target = `file:${join(folder(), 'restored.db')}`;
  const restored = await points(['restore', output, '--database', target], { env: heap });
  expect(restored).toMatchObject({ code: 0, out: '50,000 entries restored.\n' });
}, 360_000);
