/**
 * Ends the run with one line for each reason for which tests were skipped, one for the long forms
 * that did not run, and one of figures.
 */
module.exports = class ClosingLineReporter {
  /**
   * @param options `longForms`: the paths that this run leaves to long forms, by their script.
   */
  constructor(globalConfig, options) {
    this.isFiltered = Boolean(globalConfig.testNamePattern);
    this.longForms = options?.longForms ?? {};
  }

  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap(({ testResults }) =>
      testResults.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName),
    );
    for (const line of linesOf(skipped, this.isFiltered)) console.log(line);
    if (Object.keys(this.longForms).length > 0) console.log(longFormsLine(this.longForms));
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    console.log(`${results.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`);
  }
};

/** Returns one line for each reason, see `needs.ts`. */
function linesOf(skipped, isFiltered) {
  const unnamed = isFiltered ? 'tests: not selected by name' : 'tests: skipped without a reason';
  const counts = new Map();
  for (const name of skipped) {
    const reason = /\[skipped: (.*?)\]/.exec(name)?.[1] ?? unnamed;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return Array.from(counts, ([reason, count]) =>
    count === 1 ? `1 ${reason.replace(/tests:/, 'test:')}` : `${count} ${reason}`,
  );
}

function longFormsLine(longForms) {
  const scripts = new Intl.ListFormat('en-GB').format(Object.keys(longForms));
  const suites = Object.values(longForms).flat().length;
  return `${suites} suites belong to the long forms and did not run: npm run ${scripts}`;
}
