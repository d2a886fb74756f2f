/**
 * `npm run test:mutations [NAME …]`: applies each patch of this folder to a copy of the sources,
 * and expects the tests of the rules and of the service to fail. A fault that no test detects fails
 * the run.
 */
const { spawnSync } = require('node:child_process');
const { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../..');
const copied = ['src', 'test', 'jest.config.js', 'package.json', 'tsconfig.json'];
/**
 * Most faults are detected by the first suites, in seconds. A service on top of a fault in the
 * rules may never end, so its suites are last.
 */
const suites = [
  'test/(ledger/(life-hold(s|-refusals)|reversals)|conformance/loyalty\\.test)',
  'test/ledger/life-',
  'test/service/(job-queue|lapses|reversals)',
];
const environment = { ...process.env, LIFE_LENGTH: '3', LIFE_STEPS: '5000', FC_TIMES: '0.3' };

const chosen = process.argv.slice(2);
const patches = readdirSync(__dirname)
  .filter((file) => file.endsWith('.patch'))
  .filter((file) => chosen.length === 0 || chosen.includes(file.replace('.patch', '')));

const unpatched = failureOf(null);
if (unpatched !== null) fail(`${unpatched}\nThe tests fail without any patch.`);
const undetected = patches.filter((patch) => {
  const isUndetected = failureOf(patch) === null;
  console.log(`${patch}: ${isUndetected ? 'NOT detected' : 'detected'}`);
  return isUndetected;
});
if (undetected.length > 0) fail(`${undetected.length} of ${patches.length} are not detected.`);
console.log(`All ${patches.length} planted faults are detected.`);

/** Returns the output of the first tests that fail on a copy with the patch; null if all pass. */
function failureOf(patch) {
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
  try {
    for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    if (patch !== null) apply(folder, patch);
    for (const suite of suites) {
      const failure = failureIn(folder, suite);
      if (failure !== null) return failure;
    }
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function failureIn(folder, suite) {
  const jest = require.resolve('jest/bin/jest');
  const options = { cwd: folder, env: environment, encoding: 'utf8' };
  const run = spawnSync(process.execPath, [jest, '--bail', '--runInBand', suite], options);
  const output = run.stdout + run.stderr;
  if (!/\d+ passed, \d+ failed/.test(output) || /failed to run/.test(output)) fail(output);
  return run.status === 0 ? null : output;
}

function apply(folder, patch) {
  const run = spawnSync('git', ['apply', join(__dirname, patch)], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (run.status !== 0) fail(`${patch} does not apply: ${run.stderr}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
