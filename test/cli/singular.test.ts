import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countOf } from '../../src/ledger/count-of';
import { useFolder } from '../journal/sqlite/fixture';
import { startLedger } from '../support/ledger-server';
import { points } from './points';

const folder = useFolder();

test('one is singular in what commands print, and more are plural', async () => {
  const server = await startLedger({ kind: 'file', path: join(folder(), 'ledger.db') });
  const row = 'A,1,2020-11-02T14:00:00Z';
  writeFileSync(join(folder(), 'rows.csv'), `payer,points,timestamp\n${row}\n`);
  const print = async (...words: string[]) => {
    const { code, out, errors } = await points(words, { cwd: folder() });
    expect(code).toBe(0);
    return out + errors;
  };
  const url = ['--url', server.endpoint];
  expect(await print('import', 'rows.csv', '--dry-run')).toMatch(
    /^1 row: .*\n1 account, 1 payer\./,
  );
  expect(await print('import', 'rows.csv', ...url)).toMatch(/^1 of 1 row in /);
  const database = ['--database', 'file:ledger.db'];
  const output = ['--output', 'one.ndjson'];
  expect(await print('export', ...url, ...output)).toBe(
    `1 entry of 1 account in ${join(folder(), 'one.ndjson')}.\n`,
  );
  await server.stop();
  expect(await print('verify', ...database)).toBe('1 entry of 1 account: no findings.\n');
  expect(await print('digests', ...database, '--output', 'digests.ndjson')).toBe(
    `Wrote the digest of the last entry of 1 account to ${join(folder(), 'digests.ndjson')}.\n`,
  );
  const restored = ['--database', 'file:restored.db'];
  expect(await print('restore', 'one.ndjson', ...restored)).toBe('1 entry restored.\n');
});

test('a count of thousands is grouped', () => {
  const counts = [0, 1, 2, 1_200].map((count) => countOf(count, 'entry', 'entries'));
  expect(counts).toEqual(['0 entries', '1 entry', '2 entries', '1,200 entries']);
});
