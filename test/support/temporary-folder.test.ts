import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder';

test('folders of ended processes are removed, those of running ones stay', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const left = join(tmpdir(), `ledger-of-a-test-${pid}-abcdef`);
  const own = join(tmpdir(), `ledger-test-${process.pid}-abcdef`);
  for (const folder of [left, own]) mkdirSync(folder);
  const made = temporaryFolder('test');
  expect(() => temporaryFolder('Test_1')).toThrow('No process would remove');
  expect([left, own, made].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  for (const folder of [own, made]) rmdirSync(folder);
});
