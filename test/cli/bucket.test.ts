import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { receivedBuckets } from '../client/received-buckets';
import { useFolder } from '../journal/sqlite/fixture';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { points } from './points';

const folder = useFolder();
let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

/** Runs `points` and returns the buckets of its requests. */
function bucketsOf(...words: readonly string[]) {
  return receivedBuckets(async () => {
    const ran = await points([...words, '--url', server.endpoint], { cwd: folder() });
    expect(ran.code).toBe(0);
  });
}

test('import and export send the bucket of the account to which a request belongs', async () => {
  const rows = ['member 7', '会員 7'].flatMap((id) =>
    Array.from({ length: 60 }, (_unused, at) => `${id},A,${at + 1},2020-11-02T14:00:00Z\n`),
  );
  writeFileSync(join(folder(), 'rows.csv'), `account_id,payer,points,timestamp\n${rows.join('')}`);
  const imported = await bucketsOf('import', 'rows.csv');
  // The ledger itself, then the newest entries of the accounts, then the rows of each.
  expect(imported[0]).toBe(undefined);
  expect(imported.slice(-2).sort()).toEqual(['840', '872']);
  const output = join(folder(), 'out.ndjson');
  const exported = await bucketsOf('export', '--account', '会員 7', '--output', output);
  // The ledger itself, then the account.
  expect(exported[0]).toBe(undefined);
  expect(new Set(exported.slice(1))).toEqual(new Set(['840']));
  const all = await bucketsOf('export', '--output', join(folder(), 'all.ndjson'));
  expect(all).toContain(undefined);
});
