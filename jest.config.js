const { availableParallelism } = require('node:os');
const longForms = require('./test/support/long-forms');

/**
 * Tests run on the sources, compiled file by file with swc; types are checked by
 * `npm run check:types`.
 *
 * `npm test` leaves out the suites of the long forms. They run where a path names them, as scripts
 * such as `test:browser` do, or `npx jest test/cluster`.
 */
// As the program runs: graphql-js has checks for developers otherwise, which cost 7 % of the CPU.
process.env.NODE_ENV = 'production';

const namesPath = process.argv.slice(2).some((word) => /^(\.\/|\/.*\/)?test\//.test(word));
const leftOut = namesPath ? {} : longForms;
/**
 * More workers than processors: while some wait for a server or an instant, the others compute.
 * Pages and processes compute beside their worker, so that with more of these each only gets slower.
 */
const spareWorkers = process.env.WHOLE_RUN === undefined ? 3 : 1;
/** What suites share in a run of many: the built server, a browser and a PostgreSQL. */
const wholeRun = {
  globalSetup: '<rootDir>/test/support/before-whole-run.ts',
  globalTeardown: '<rootDir>/test/support/after-whole-run.ts',
};

/** Compiles TypeScript, and packages that exist as ES modules only. */
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
  },
];

module.exports = {
  testEnvironment: '<rootDir>/test/support/shared-scripts-environment.js',
  runtime: '<rootDir>/test/support/shared-sources-runtime.js',
  testSequencer: '<rootDir>/test/support/slowest-first-sequencer.js',
  // Freeing what a worker holds takes up to a second on a busy machine, after its last handle.
  workerGracefulExitTimeout: 5_000,
  // Each file has a context of its own. To wrap all its globals as well costs another 7 %.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  ...(namesPath && process.env.WHOLE_RUN === undefined ? {} : wholeRun),
  testPathIgnorePatterns: Object.values(leftOut)
    .flat()
    .map((path) => `<rootDir>/${path}`),
  // TypeScript wants the name of the compiled file in a dynamic import; here are only sources.
  moduleNameMapper: {
    '^(\\.\\./journal/.+)\\.js$': '$1',
    '^(\\./(digests-of-store|distribute-store|export-entries|import-file|keys-of-store|record-due|restore-file|verify-store))\\.js$':
      '$1',
  },
  maxWorkers: availableParallelism() + spareWorkers,
  // Longer than the waits of a test together on a slow machine, so that the error of the wait tells
  // what did not come.
  testTimeout: 240_000,
  reporters: [
    'default',
    ['<rootDir>/test/support/closing-line-reporter.js', { longForms: leftOut }],
  ],
  transform: { '^.+\\.ts$': swc, 'node_modules/jose/.+\\.js$': swc },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
};
