const ClosingLineReporter = require('./closing-line-reporter');

/** Returns the lines with which a run ends. */
function linesOf(names: readonly string[], globalConfig = {}, options = {}): string[] {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line) => lines.push(line));
  const testResults = names.map((fullName) => ({ fullName, status: 'pending' }));
  const passed = { fullName: 'a test that ran', status: 'passed' };
  new ClosingLineReporter(globalConfig, options).onRunComplete(null, {
    testResults: [{ testResults: [...testResults, passed] }, { testResults: [] }],
    numPassedTests: 1,
    numFailedTests: 2,
    numRuntimeErrorTestSuites: 1,
  });
  log.mockRestore();
  return lines;
}

test('a run without skipped tests ends with its figures alone', () => {
  expect(linesOf([])).toEqual(['1 passed, 3 failed, 0 skipped']);
});

test('skipped tests are counted by reason, in one line each', () => {
  const browser = '[skipped: browser tests: no chromium; apt install chromium]';
  const strace = '[skipped: strace tests: no strace; apt install strace]';
  const names = [`one ${browser}`, `a write fails ${strace}`, `two ${browser}`];
  expect(linesOf(names)).toEqual([
    '2 browser tests: no chromium; apt install chromium',
    '1 strace test: no strace; apt install strace',
    '1 passed, 3 failed, 3 skipped',
  ]);
});

test('a block that is skipped counts each of its tests', () => {
  const block = 'through a pooler [skipped: PgBouncer tests: no pgbouncer; apt install pgbouncer]';
  expect(linesOf([`${block} reads`, `${block} appends`])[0]).toBe(
    '2 PgBouncer tests: no pgbouncer; apt install pgbouncer',
  );
});

test('tests that a name pattern leaves out are not counted as skipped without a reason', () => {
  expect(linesOf(['one', 'two'])[0]).toBe('2 tests: skipped without a reason');
  expect(linesOf(['one', 'two'], { testNamePattern: 'x' })[0]).toBe(
    '2 tests: not selected by name',
  );
});

test('the suites of the long forms are counted, with the scripts that run them', () => {
  const longForms = {
    'test:chaos': ['test/chaos/storm.test.ts', 'test/cluster/failover.test.ts'],
    'test:citus': ['test/citus/api.test.ts'],
    'test:crash': ['test/faults/full-disk.test.ts'],
  };
  expect(linesOf([], {}, { longForms })[0]).toBe(
    '4 suites belong to the long forms and did not run: npm run test:chaos, test:citus and test:crash',
  );
});
