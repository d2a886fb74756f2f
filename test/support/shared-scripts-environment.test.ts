import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

test('Jest has the storage that the environment replaces', () => {
  const path = join(dirname(require.resolve('jest-circus')), 'jestAdapterInit.js');
  const source = readFileSync(path, 'utf8');
  const storages = source.split('new _nodeAsync_hooks.AsyncLocalStorage()').length - 1;
  expect(storages).toBe(1);
});
