/** Ends the run with one line of figures, and one that names what was skipped and why. */
module.exports = class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap(({ testResults }) =>
      testResults.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName),
    );
    if (skipped.length > 0) console.log(`Skipped here: ${skipped.join('; ')}`);
    const suites = results.numRuntimeErrorTestSuites;
    const failed = results.numFailedTests + suites;
    console.log(`${results.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`);
  }
};
