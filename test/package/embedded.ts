import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentedExamples, isForJest } from './documented-examples';
import { install, type Packed, run } from './packed';

const hostSchema = `
  require('reflect-metadata');
  const { buildSchemaSync, Query, Resolver } = require('type-graphql');
  const { printSchema } = require('graphql');
  class Host { version() { return '1'; } }
  Query(() => String)(Host.prototype, 'version');
  Resolver()(Host);
  const printed = () => printSchema(buildSchemaSync({ resolvers: [Host], validate: false }));
`;

const resetModules = `
  ${hostSchema}
  jest.setTimeout(60_000);
  test('the ledger works after jest.resetModules()', async () => {
    const query = '{ balances(accountId: "a") { payer } accounts(first: 1) { nodes { id } } }';
    for (const round of [1, 2]) {
      jest.resetModules();
      const { openLedger } = require('points-ledger');
      const { graphql } = require('graphql');
      const ledger = await openLedger({ database: 'memory:' });
      const expected = { data: { balances: [], accounts: { nodes: [] } } };
      expect(await ledger.execute({ query })).toEqual(expected);
      expect(await graphql({ schema: ledger.schema, source: query })).toEqual(expected);
      await ledger.close();
      expect(printed()).toBe('type Query {\\n  version: String!\\n}');
    }
  });
`;

const typescript = `
  import { openLedger, scalarMocks, type Ledger } from 'points-ledger';
  import { BalancesDocument } from 'points-ledger/operations';
  import { bucketFetch, bucketHeaders, bucketOf } from 'points-ledger/client';
  import * as graphql from 'graphql';
  async function use(): Promise<number | undefined> {
    const ledger: Ledger = await openLedger({ database: 'memory:', now: () => new Date(), graphql });
    const { data } = await ledger.execute({ query: BalancesDocument, variables: {} });
    const { errors } = await ledger.execute({ query: '{ __typename }' });
    const { url, close } = await ledger.listen({ port: 0 });
    await close();
    const response: Response = await bucketFetch(url, { headers: bucketHeaders({ id: 'a' }) });
    if (!response.ok) return bucketOf('a');
    return data?.balances[0]?.points ?? errors?.length ?? url.length + scalarMocks.Points();
  }
  void use();
`;

const vitest = ['npx', 'vitest', 'run', '--testTimeout', '60000'] as const;

/** Describes a packed tarball beside the tools of the programs that embed a ledger. */
export function describeEmbedding(packed: () => Packed): void {
  let folder: string;

  beforeAll(() => {
    folder = install(
      packed().tarball,
      'graphql@16',
      'jest@30',
      'vitest@4',
      '@graphql-tools/mock@9',
      'typescript@5',
    );
    for (const { file, text } of documentedExamples()) writeFileSync(join(folder, file), text);
    writeFileSync(join(folder, 'reset.test.js'), resetModules);
    writeFileSync(join(folder, 'use.ts'), typescript);
  }, 600_000);

  afterAll(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  test('the examples for Jest pass with Jest 30 in an empty project', () => {
    const files = documentedExamples()
      .filter(isForJest)
      .map(({ file }) => file);
    const words = ['--testTimeout', '60000', '--testMatch', '**/*.test.js', '--'];
    run(folder, 'npx', 'jest', ...words, ...files, 'reset.test.js');
  });

  test('the examples for Vitest pass with Vitest 4 in an empty project', () => {
    const files = documentedExamples().filter(({ file }) => file.endsWith('.test.mjs'));
    run(folder, ...vitest, ...files.map(({ file }) => file));
  });

  test('without any setting, the schema runs with the copy of graphql that Vitest loads', () => {
    rmSync(join(folder, 'vitest.config.mjs'));
    run(folder, ...vitest, 'ledger.test.mjs');
  });

  test.each(['node16', 'nodenext', 'bundler'])(
    'the types resolve with moduleResolution %s',
    (resolution) => {
      const module = resolution === 'bundler' ? 'es2022' : resolution;
      const words = ['--noEmit', '--strict', '--module', module, '--moduleResolution', resolution];
      run(folder, 'npx', 'tsc', ...words, '--types', 'node', '--target', 'es2022', 'use.ts');
    },
  );

  test('points-ledger/client loads without Apollo Client, urql and a server', () => {
    const program = `
    import { createRequire } from 'node:module';
    import { bucketExchange, bucketFetch, bucketHeaders, bucketLink, bucketOf } from 'points-ledger/client';
    const required = createRequire(import.meta.url)('points-ledger/client');
    const functions = { bucketExchange, bucketFetch, bucketHeaders, bucketLink, bucketOf };
    const same = Object.entries(functions).every(([name, each]) => required[name] === each);
    const loaded = Object.keys(createRequire(import.meta.url).cache)
      .map((path) => /node_modules.((?:@[^\\/]+.)?[^\\/]+)/.exec(path)[1]);
    console.log(same, bucketOf('default'), new Set(loaded));
  `;
    const out = run(folder, process.execPath, '--input-type=module', '-e', program);
    expect(out).toBe("true 705 Set(2) { 'points-ledger', '@noble/hashes' }\n");
  });

  test('import and require load the same functions and documents', () => {
    const program = `
    import { createRequire } from 'node:module';
    import { openLedger } from 'points-ledger';
    import { BalancesDocument } from 'points-ledger/operations';
    const require = createRequire(import.meta.url);
    const same = require('points-ledger').openLedger === openLedger &&
      require('points-ledger/operations').BalancesDocument === BalancesDocument;
    const ledger = await openLedger({ database: 'memory:' });
    const { graphql } = await import('graphql');
    const { errors } = await graphql({ schema: ledger.schema, source: '{ balances { payer } }' });
    await ledger.close();
    console.log(same, errors, require.resolve('points-ledger/schema.graphql').endsWith('.graphql'));
  `;
    const out = run(folder, process.execPath, '--input-type=module', '-e', program);
    expect(out).toBe('true undefined true\n');
  });
}
