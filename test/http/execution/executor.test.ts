import { setImmediate as nextIteration } from 'node:timers/promises';
import { buildSchema, type DocumentNode, parse } from 'graphql';
import { unrestricted } from '../../../src/auth/session';
import { limits } from '../../../src/config';
import { ResponseBudget } from '../../../src/graphql/response-budget';
import { CompiledOperations } from '../../../src/http/execution/compiled-operations';
import { Executor } from '../../../src/http/execution/executor';
import { silentLogger } from '../../../src/telemetry/logger';

const schema = buildSchema(`
  type Query { echo(text: String, count: Int = 1, of: Of = {}): String item: Item failing: Item }
  input Of { name: String! = "default" }
  type Item { name: String! number: Int! }
  type Mutation { add(by: Int!): Item addAll(by: [Int!]!): Item }
`);
const calls: unknown[] = [];
const [query, mutation] = [schema.getQueryType()!, schema.getMutationType()!];
query.getFields().echo.resolve = (_root, args) => JSON.stringify(args);
query.getFields().item.resolve = async () => ({ name: 'a', number: 1 });
query.getFields().failing.resolve = async () => ({
  get name(): string {
    throw new Error('the getter fails');
  },
});
mutation.getFields().add.resolve = async (_root, { by }) => {
  calls.push(by);
  return by > 0 ? { name: 'b', number: by } : { name: null, number: 'none' };
};

interface Compiling {
  compile(): void;
}
const compile = jest.spyOn(CompiledOperations.prototype as unknown as Compiling, 'compile');
const found = jest.spyOn(CompiledOperations.prototype, 'get');
/** The number of executions by compiled functions. */
const compiledCount = () => found.mock.results.filter(({ value }) => value !== undefined).length;
afterEach(() => {
  compile.mockClear();
  found.mockClear();
  calls.length = 0;
});

async function run(executor: Executor, document: DocumentNode, variableValues = {}) {
  const contextValue = {
    requestId: 'request',
    session: unrestricted,
    principal: null,
    logger: silentLogger,
    budget: new ResponseBudget(100),
    note: { operationName: null },
    stream: null,
  };
  return JSON.stringify(await executor.execute({ document, variableValues, contextValue }));
}

/** Executes a document until it is compiled, unless it must not be; returns the last response. */
async function repeated(source: string, variables = {}, executor = new Executor(schema, 500)) {
  const document = parse(source);
  for (let time = 0; time < 10; time += 1) await run(executor, document, variables);
  await nextIteration();
  return run(executor, document, variables);
}

test('an operation is compiled after ten executions, when the tenth has its response', async () => {
  const executor = new Executor(schema, limits.compiledOperationsMax);
  const document = parse('{ item { name } }');
  for (let time = 0; time < 9; time += 1) await run(executor, document);
  await nextIteration();
  expect(compile).toHaveBeenCalledTimes(0);
  await run(executor, document);
  expect(compile).toHaveBeenCalledTimes(0);
  await nextIteration();
  expect(compile).toHaveBeenCalledTimes(1);
  for (let time = 0; time < 30; time += 1) await run(executor, document);
  await nextIteration();
  expect(compile).toHaveBeenCalledTimes(1);
  expect(compiledCount()).toBe(30);
});

test('operations that are due at the same time are compiled in turns of their own', async () => {
  const executor = new Executor(schema, 500, 1);
  for (const name of ['A', 'B', 'C']) await run(executor, parse(`query ${name} { __typename }`));
  const counts = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await nextIteration();
    counts.push(compile.mock.calls.length);
  }
  expect(counts).toEqual([1, 2, 3]);
});

test('the least recently used operation is evicted, and compiled again if it is repeated', async () => {
  const executor = new Executor(schema, 2, 1);
  const [a, b, c] = ['A', 'B', 'C'].map((name) => parse(`query ${name} { __typename }`));
  for (const document of [a, b, c, a, a]) {
    await run(executor, document);
    await nextIteration();
  }
  expect(compile).toHaveBeenCalledTimes(4);
  expect(compiledCount()).toBe(1);
});

test.each([
  [
    'a text in the document',
    '{ echo(text: "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d1") }',
  ],
  ['an object in the document', '{ echo(of: {}) }'],
  ['an alias with an underscore', '{ __proto__: echo a_b: item { name } }'],
  ['introspection', '{ __schema { types { name } } }'],
  ['a condition on a fragment', '{ ... on Query @skip(if: false) { item { name } } }'],
  ['a variable named as the prototype', 'query ($__proto__: Int) { echo(count: $__proto__) }'],
  [
    'too many fields',
    `{ item { ${Array.from({ length: 301 }, (_, at) => `n${at}: name`).join(' ')} } }`,
  ],
  [
    'a condition within a fragment',
    'query { item { ...Own } } fragment Own on Item { name ...Own2 } fragment Own2 on Item { name @include(if: true) }',
  ],
])('%s is left to graphql-js', async (_name, source) => {
  const response = await repeated(source);
  expect(compiledCount()).toBe(0);
  expect(response).toBe(await run(new Executor(schema, 0), parse(source)));
});

test('defaults of arguments, variables and input fields are filled in', async () => {
  const source = 'query ($n: Int = 2, $of: Of, $t: String) { echo(count: $n, of: $of, text: $t) }';
  const response = await repeated(source, { of: {} });
  expect(compiledCount()).toBe(1);
  expect(JSON.parse(JSON.parse(response).data.echo)).toEqual({ count: 2, of: { name: 'default' } });
});

test('an exception in generated code is a fault in the response, as in graphql-js', async () => {
  const response = await repeated('{ failing { name } item { name } }');
  expect(compiledCount()).toBe(1);
  expect(JSON.parse(response)).toMatchObject({
    data: { failing: null, item: { name: 'a' } },
    errors: [{ path: ['failing', 'name'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  });
});

test('a mutation whose response has errors is executed once, and graphql-js reports them', async () => {
  const source =
    'mutation ($by: Int!) { one: add(by: $by) { name number } two: add(by: 5) { number } }';
  const executor = new Executor(schema, 500);
  const document = parse(source);
  for (let time = 0; time < 10; time += 1) await run(executor, document, { by: 1 });
  await nextIteration();
  calls.length = 0;
  const response = JSON.parse(await run(executor, document, { by: -1 }));
  expect(compiledCount()).toBe(1);
  expect(calls).toEqual([-1, 5]);
  expect(response.data).toEqual({ one: null, two: { number: 5 } });
  expect(response.errors).toMatchObject([{ path: ['one', 'name'] }]);
});

test('refused variables get the message of graphql-js', async () => {
  const source = 'query ($n: Int!) { echo(count: $n) }';
  const executor = new Executor(schema, 500);
  const document = parse(source);
  for (let time = 0; time < 10; time += 1) await run(executor, document, { n: 1 });
  await nextIteration();
  const response = await run(executor, document, { n: 'one' });
  expect(response).toBe(await run(new Executor(schema, 0), document, { n: 'one' }));
  expect(response).toContain('BAD_USER_INPUT');
});
