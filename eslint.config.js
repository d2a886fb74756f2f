/** Lints schema.graphql and the client's operations only: everything else is biome's. */
const graphql = require('@graphql-eslint/eslint-plugin');

const recommended = graphql.configs['flat/schema-recommended'];
const relay = graphql.configs['flat/schema-relay'];

// The plugin keeps the first configuration that it meets: both kinds of files share one.
const documents = ['src/operations/*.graphql', 'web/src/operations/*.graphql'];
const parserOptions = {
  graphQLConfig: { schema: 'schema.graphql', documents },
};

module.exports = [
  { ignores: ['**/*.js', '**/*.ts', 'dist', 'node_modules', 'test/graphql/contract.graphql'] },
  {
    files: ['schema.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions,
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...recommended.rules,
      ...relay.rules,
      // Accounts and entries have ids; all else is a value of its parent.
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          exceptions: {
            types: [
              'PayerBalance',
              'Deduction',
              'Allocation',
              'Lot',
              'LotLapse',
              'Begun',
              'Expiry',
              'EndedHold',
              'ChosenPayers',
              'PageInfo',
              'SpendPreview',
              'Principal',
            ],
            suffixes: ['Connection', 'Edge', 'Payload', 'Error', 'Change'],
          },
        },
      ],
      // Short lists (balances, deductions, errors) are lists; there is no global Node.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
    },
  },
  {
    files: documents,
    languageOptions: {
      parser: graphql.parser,
      parserOptions,
    },
    plugins: { '@graphql-eslint': graphql },
    rules: graphql.configs['flat/operations-recommended'].rules,
  },
];
