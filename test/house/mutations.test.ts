import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const folder = 'test/mutations';

test('each planted fault applies to the sources as they are', () => {
  const patches = readdirSync(resolve(root, folder)).filter((file) => file.endsWith('.patch'));
  expect(patches.length).toBeGreaterThan(10);
  const stale = patches.filter(
    (patch) =>
      spawnSync('git', ['apply', '--check', `${folder}/${patch}`], { cwd: root }).status !== 0,
  );
  expect(stale).toEqual([]);
});
