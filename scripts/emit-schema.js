/**
 * Writes schema.graphql from the built program, or, with --check, fails if the file differs from
 * what would be written. Run `npm run build` before.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { GraphQLSchema, printSchema } = require('graphql');
const { buildLedgerSchema } = require('../dist/graphql/schema');

const path = join(__dirname, '..', 'schema.graphql');
const printed = `${printSchema(inReadingOrder(buildLedgerSchema({})))}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(path, printed);
} else if (readFileSync(path, 'utf8') !== printed) {
  console.error('schema.graphql differs from the classes: run `npm run schema` and commit it.');
  process.exitCode = 1;
}

/**
 * Puts queries and mutations first, and each type where it is first used. Sorting would lose the
 * order of the enums.
 */
function inReadingOrder(schema) {
  const config = schema.toConfig();
  const { query, mutation } = config;
  const spokenOf = Object.values(new GraphQLSchema({ query, mutation }).getTypeMap());
  const types = new Set([query, mutation, ...spokenOf, ...config.types]);
  return new GraphQLSchema({ ...config, types: [...types] });
}
