/** What the console is built from, beside the packages: `web`, and what it shares of the server. */
module.exports = {
  consoleSources: [
    'web',
    'src/client',
    'src/error-codes.ts',
    'src/import',
    'src/is-object.ts',
    'src/ledger',
    'src/retry.ts',
  ],
};
