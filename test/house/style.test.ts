import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { longRunMsMax } from '../model/runs';

const root = resolve(__dirname, '../..');
const linesMax = 250;
const columnsMax = 100;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(src|test|bench|scripts|web)\/.*\.(ts|tsx|mts|js|css)$/.test(file))
  .filter((file) => !file.includes('/generated/'))
  .map((file) => ({
    file,
    lines: readFileSync(resolve(root, file), 'utf8').trimEnd().split('\n'),
  }));

test('a file has at most 250 lines', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter(({ lines }) => lines.length > linesMax).map(({ file }) => file)).toEqual([]);
});

test('comments and code have at most 100 columns', () => {
  const wide = files.flatMap(({ file, lines }) =>
    lines
      .filter((line) => line.length > columnsMax && mayBeSplit(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(wide).toEqual([]);
});

/** Comments can be split, but for directives; a message or a pattern is not split only to fit. */
function mayBeSplit(line: string): boolean {
  if (/^\s*(\*|\/\*|\/\/)/.test(line)) return !line.includes('biome-ignore');
  return !/['`/]/.test(line);
}

test('files are named in kebab-case', () => {
  const names = files.map(({ file }) => file.split('/').at(-1)!);
  expect(names.filter((name) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name))).toEqual([]);
});

test('no test has less time than the default, which is the sum of its waits on a slow machine', () => {
  const { testTimeout } = require('../../jest.config') as { testTimeout: number };
  const limits = files
    // A test in a project of a user has the limits of that project.
    .filter(({ file }) => file.startsWith('test/') && !file.startsWith('test/package/'))
    .flatMap(({ file, lines }) =>
      lines.flatMap((line) => {
        const limit = /^\s*(?:\}, |jest\.setTimeout\()?(\d+_000)(?:\);|,)$/.exec(line)?.[1];
        return limit === undefined ? [] : [{ file, limitMs: Number(limit.replace('_', '')) }];
      }),
    );
  expect(limits.length).toBeGreaterThan(5);
  expect(limits.filter(({ limitMs }) => limitMs <= testTimeout)).toEqual([]);
  expect(longRunMsMax).toBeGreaterThanOrEqual(testTimeout);
});
