const { default: Sequencer } = require('@jest/test-sequencer');

/** The slowest suites in order, then the folders of suites in browsers. */
const slowest = [
  'test/package/package.test.ts',
  'test/faults/crash.test.ts',
  'test/cli/missing-store.test.ts',
  'test/cli/memory.test.ts',
  'test/web/order.test.ts',
  'test/e2e/playground-access.test.ts',
  'test/web/accessibility.test.ts',
  'test/auth/access.test.ts',
  'test/ledger/life-random.test.ts',
  'test/web/live.test.ts',
  'test/auth/required.test.ts',
  'test/conformance/loyalty-program.test.ts',
  'test/cli/archive.test.ts',
  'test/web/',
  'test/e2e/',
];

/**
 * Starts the slowest suites first in a fresh clone too. Jest orders suites by the time that they
 * took before, and unknown ones by size. Some that wait for a browser or an instant are small: if
 * one of them started last, the others would be done long before it.
 */
module.exports = class SlowestFirstSequencer extends Sequencer {
  static slowest = slowest;

  sort(tests) {
    return super.sort(tests).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
};

/** Returns the place of a suite that was not measured before; the others stay in Jest's order. */
function placeOf({ path, duration, context }) {
  const name = path.slice(context.config.rootDir.length + 1);
  const place = duration == null ? slowest.findIndex((start) => name.startsWith(start)) : -1;
  return place === -1 ? slowest.length : place;
}
