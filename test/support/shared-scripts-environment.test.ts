import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import vm from 'node:vm';

test('Jest has the storage that the environment replaces', () => {
  const path = join(dirname(require.resolve('jest-circus')), 'jestAdapterInit.js');
  const source = readFileSync(path, 'utf8');
  const storages = source.split('new _nodeAsync_hooks.AsyncLocalStorage()').length - 1;
  expect(storages).toBe(1);
});

test('an interval that a file leaves ends with its environment', async () => {
  const environment = environmentOf(__filename);
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const interval = environment.global.setInterval(() => {}, 60_000);
  try {
    expect(timers()).toBe(before + 1);
    await environment.teardown();
    expect(timers()).toBe(before);
  } finally {
    clearInterval(interval);
  }
});

interface Environment {
  readonly global: typeof globalThis;
  teardown(): Promise<void>;
}

/** Makes an environment as Jest does. Its module replaces `compileFunction` for all files. */
function environmentOf(testPath: string): Environment {
  const { compileFunction } = vm;
  const Made = require('./shared-scripts-environment');
  vm.compileFunction = compileFunction;
  const projectConfig = { globals: {}, testEnvironmentOptions: { globalsCleanup: 'off' } };
  return new Made({ globalConfig: {}, projectConfig }, { console, docblockPragmas: {}, testPath });
}
