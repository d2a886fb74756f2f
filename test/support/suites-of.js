const longForms = require('./long-forms');

/** Suites of `npm test` that a long form runs again, since its variables make them go deeper. */
const deeper = {
  'test:crash': [
    'test/faults/hold-races.test.ts',
    'test/journal/postgres/first-format.test.ts',
    'test/journal/sqlite/durability.test.ts',
  ],
  'test:exhaustive': [
    'test/conformance/loyalty-http.test.ts',
    'test/http/streams/burst.test.ts',
    'test/journal/views/plan.test.ts',
    'test/ledger/exhaustive.test.ts',
    'test/ledger/life-exhaustive.test.ts',
    'test/ledger/life-random.test.ts',
    'test/ledger/life-steps.test.ts',
    'test/ledger/steps.test.ts',
  ],
};

/** Suites of `npm test` whose properties a long form runs more often, at no other size. */
const repeated = {
  'test:exhaustive': [
    'test/archive/life.test.ts',
    'test/auth/whole-operations.test.ts',
    'test/digest/entry-digest.test.ts',
    'test/journal/views/views.test.ts',
    'test/ledger/arrival-order.test.ts',
    'test/ledger/life-hold-history.test.ts',
    'test/ledger/life-hold-laws.test.ts',
    'test/ledger/life-laws.test.ts',
    'test/ledger/many-lots.test.ts',
    'test/ledger/name-properties.test.ts',
    'test/ledger/properties.test.ts',
    'test/ledger/undo.test.ts',
    'test/service/job-queue.test.ts',
  ],
};

/**
 * Returns the suites that a long form runs. With `FC_TIMES=1` properties run as often as in
 * `npm test`, and the suites that it would only repeat are left out.
 */
function suitesOf(script, { FC_TIMES } = process.env) {
  const again = FC_TIMES === '1' ? [] : (repeated[script] ?? []);
  return [...longForms[script], ...(deeper[script] ?? []), ...again];
}

module.exports = { suitesOf };

// `jest $(node test/support/suites-of test:crash)` runs them.
if (require.main === module) console.log(suitesOf(process.argv[2]).join(' '));
