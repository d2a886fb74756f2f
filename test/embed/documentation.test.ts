import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { documentedExamples, isForJest } from '../package/documented-examples';
import { builtServer } from '../support/built-server';

const root = resolve(__dirname, '../..');

test("the examples of docs/testing.md for Jest pass on this project's build", () => {
  const built = dirname(builtServer());
  const folder = mkdtempSync(join(root, '.cache', 'examples-'));
  const config = {
    testMatch: ['**/*.test.js'],
    testTimeout: 60_000,
    moduleNameMapper: {
      '^points-ledger$': join(built, 'index.js'),
      '^points-ledger/operations$': join(built, 'operations/generated/operations.js'),
      '^points-ledger/schema.graphql$': join(root, 'schema.graphql'),
    },
  };
  const examples = documentedExamples().filter(isForJest);
  for (const { file, text } of examples) writeFileSync(join(folder, file), text);
  const words = ['--rootDir', folder, '--config', JSON.stringify(config), '--runInBand'];
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const { stderr } = spawnSync(process.execPath, [jest, ...words], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(stderr).toMatch(/^Tests: +\d+ passed, \d+ total$/m);
  expect(stderr).toContain(`Test Suites: ${examples.length} passed`);
});
