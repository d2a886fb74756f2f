import 'reflect-metadata';
import { type GraphQLObjectType, graphql, printSchema } from 'graphql';
import { buildSchemaSync, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { openLedger } from '../../src/embed/open-ledger';

const accountFields = [
  'id',
  'points',
  'pending',
  'held',
  'balances',
  'lots',
  'expiries',
  'pendingLots',
  'history',
  'holds',
];

@ObjectType()
class Account {
  @Field(() => String)
  readonly email!: string;
}

@Resolver()
class HostResolver {
  @Query(() => Account)
  account(): Account {
    return { email: 'alice@example.com' };
  }
}

const hostSchema = () => buildSchemaSync({ resolvers: [HostResolver], validate: false });
const hostTypes = 'type Query {\n  account: Account!\n}\n\ntype Account {\n  email: String!\n}';
const grant = { payer: 'DANNON', points: 300, timestamp: '2020-10-31T10:00:00Z' };
const add = `mutation ($input: AddTransactionInput!) {
  addTransaction(input: $input) { account { lots(first: 1) { nodes { remaining } } } }
}`;
const lots = { nodes: [{ remaining: 300 }] };

async function expectLedgerWorks(open: typeof openLedger): Promise<void> {
  const ledger = await open({ database: 'memory:' });
  const { data, errors } = await ledger.execute({ query: add, variables: { input: grant } });
  expect(errors).toBeUndefined();
  expect(data).toEqual({ addTransaction: { account: { lots } } });
  const { fields } = (ledger.schema.getType('Account') as GraphQLObjectType).toConfig();
  expect(Object.keys(fields)).toEqual(accountFields);
  await ledger.close();
}

async function expectHostWorks(): Promise<void> {
  const schema = hostSchema();
  expect(printSchema(schema)).toBe(hostTypes);
  const { data } = await graphql({ schema, source: '{ account { email } }' });
  expect(data).toEqual({ account: { email: 'alice@example.com' } });
}

test("the ledger works beside a host's own type-graphql schema, and the schema beside it", async () => {
  await expectHostWorks();
  await expectLedgerWorks(openLedger);
  await expectHostWorks();
});

test("the ledger keeps its metadata apart from those of a host's other type-graphql", async () => {
  const registry = globalThis as { TypeGraphQLMetadataStorage?: object };
  const theirs = registry.TypeGraphQLMetadataStorage;
  const other = Object.freeze({ version: 1 });
  registry.TypeGraphQLMetadataStorage = other;
  await expectLedgerWorks(openLedger);
  expect(registry.TypeGraphQLMetadataStorage).toBe(other);
  registry.TypeGraphQLMetadataStorage = theirs;
});

test('the ledger works after jest.resetModules(), and beside one from before', async () => {
  const before = await openLedger({ database: 'memory:' });
  jest.resetModules();
  const again: typeof import('../../src/embed/open-ledger') = require('../../src/embed/open-ledger');
  expect(again.openLedger).not.toBe(openLedger);
  await expectLedgerWorks(again.openLedger);
  const { errors } = await before.execute({ query: add, variables: { input: grant } });
  expect(errors).toBeUndefined();
  await before.close();
});

test("after jest.resetModules(), the option graphql makes the schema fit the test's own graphql", async () => {
  jest.resetModules();
  const again: typeof import('../../src/embed/open-ledger') = require('../../src/embed/open-ledger');
  const { getIntrospectionQuery, ...copy } =
    jest.requireActual<typeof import('graphql')>('graphql');
  const own = await openLedger({ database: 'memory:' });
  const other = await again.openLedger({ database: 'memory:', graphql: require('graphql') });
  const copied = await openLedger({ database: 'memory:', graphql: copy });
  expect(copy.printSchema(copied.schema)).toBe(printSchema(own.schema));
  const run = (source: string, variableValues = {}) =>
    copy.graphql({ schema: copied.schema, source, variableValues });
  expect((await run(getIntrospectionQuery())).data).toEqual(
    (await graphql({ schema: own.schema, source: getIntrospectionQuery() })).data,
  );
  expect((await run(add, { input: grant })).data).toEqual({
    addTransaction: { account: { lots } },
  });
  const { errors } = await run('{ account { lots(first: 101) { nodes { remaining } } } }');
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining('first must be 0 to 100'),
    path: ['account', 'lots'],
    extensions: { code: 'BAD_USER_INPUT' },
  });
  const source = `{ account { history { nodes { __typename ... on Transaction { payer } } } } }`;
  expect((await run(source)).data).toEqual({
    account: { history: { nodes: [{ __typename: 'Transaction', payer: 'DANNON' }] } },
  });
  await Promise.all([own.close(), other.close(), copied.close()]);
});
