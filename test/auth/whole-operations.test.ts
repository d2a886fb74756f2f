import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { parse } from 'graphql';
import type { Principal } from '../../src/auth/principal';
import { scopes } from '../../src/auth/scopes';
import { unrestricted } from '../../src/auth/session';
import { limits } from '../../src/config';
import type { Ledger, LedgerPrincipal, LedgerResponse } from '../../src/embed/ledger';
import { openLedger } from '../../src/embed/open-ledger';
import { readPrincipal } from '../../src/embed/read-principal';
import { ResponseBudget } from '../../src/graphql/response-budget';
import { buildLedgerSchema } from '../../src/graphql/schema';
import { Executor } from '../../src/http/execution/executor';
import { encodeEntryId } from '../../src/ids/entry-id';
import { silentLogger } from '../../src/telemetry/logger';
import { WatchedService } from '../graphql/ledger-api';
import { longRunMsMax, often } from '../model/runs';
import { row } from './access-cases';
import { type ProtectedServer, post, startProtected } from './protected-server';
import { codesOf, ways } from './ways';

let server: ProtectedServer;
let ledger: Ledger;
beforeAll(async () => {
  server = await startProtected();
  ledger = await openLedger({ database: 'memory:' });
});
afterAll(async () => {
  await server.stop();
  await ledger.close();
});

const two = `mutation ($own: AddTransactionInput!, $foreign: AddTransactionInput!) {
  first: addTransaction(input: $own) { errors { code } }
  second: addTransaction(input: $foreign) { errors { code } }
}`;
const inputsFor = (own: string, foreign: string) => ({
  own: { ...row, accountId: own },
  foreign: { ...row, accountId: foreign },
});

const bound: LedgerPrincipal = { name: 'app', scopes: ['points:write'], prefix: 'shop:' };

describe.each(ways.filter(([, , isForMutations]) => isForMutations))(
  'of two mutations, one of them FORBIDDEN, %s,',
  (way, ask) => {
    test('none is made, and the responses are the same for all foreign accounts', async () => {
      const key = await server.createKey(`writer ${way}`, {
        scopes: ['points:write', 'points:read'],
        prefix: 'shop:',
      });
      const own = `shop:${way}`;
      const responses = [];
      for (const foreign of ['default', 'other:1', 'other:9', 'shop', '\n']) {
        const variables = inputsFor(own, foreign);
        const harmless = inputsFor('', '');
        responses.push(await ask(server, key, { query: two, variables, harmless }));
      }
      for (const response of responses) expect(response).toEqual(responses[0]);
      expect(responses[0]).toMatchObject({
        data: null,
        errors: [{ path: ['second'], extensions: { code: 'FORBIDDEN' } }],
      });
      const read = 'query ($id: ID!) { account(id: $id) { id } }';
      const { body } = await post(server, key, read, { id: own });
      expect(body).toEqual({ data: { account: null } });
      const allowed = { query: two, variables: inputsFor(own, own), harmless: inputsFor('', '') };
      expect(codesOf(await ask(server, key, allowed))).toEqual([]);
    });
  },
);

test.each(ways)('a query of which a part is FORBIDDEN shows nothing, %s', async (way, ask) => {
  const key = await server.createKey(`reader ${way}`, {
    scopes: ['points:read'],
    account: 'default',
  });
  const query = `query ($id: ID!) {
    mine: balances { points } principal { name } entry(id: $id) { id } __typename
  }`;
  const variables = { id: encodeEntryId({ accountId: 'other:1', sequence: 1, id: 'x' }) };
  const response = await ask(server, key, { query, variables });
  expect(response).toMatchObject({
    data: null,
    errors: [{ path: ['entry'], extensions: { code: 'FORBIDDEN' } }],
  });
});

test.each(ways)('a condition that is null refuses the whole operation, %s', async (way, ask) => {
  const key = await server.createKey(`conditions ${way}`, {
    scopes: ['points:read'],
    account: 'default',
  });
  const free = await server.createKey(`free of ${way}`, { scopes });
  const variables = { is: null };
  const harmless = { is: true };
  for (const query of [
    'query ($is: Boolean = true) { balances @include(if: $is) { points } account(id: "other:1") { id } }',
    'query ($is: Boolean = true) { ... @skip(if: $is) { balances { points } } principal { name } }',
  ]) {
    const response = await ask(server, key, { query, variables, harmless });
    expect(response).toMatchObject({
      data: null,
      errors: [
        { message: expect.stringContaining('"if"'), extensions: { code: 'BAD_USER_INPUT' } },
      ],
    });
    expect(await ask(server, free, { query, variables, harmless })).toEqual(response);
  }
});

test('nothing is read or decided for a part that is allowed, cold and compiled', async () => {
  const service = new WatchedService();
  const executor = new Executor(buildLedgerSchema(service), 10, 1);
  const document = parse(two);
  const principal = readPrincipal(bound) as Principal;
  const execute = (by: Principal | null, own: string, foreign: string) =>
    executor.execute({
      document,
      variableValues: inputsFor(own, foreign),
      contextValue: {
        requestId: 'test',
        session: unrestricted,
        principal: by,
        logger: silentLogger,
        budget: new ResponseBudget(limits.responseRowsMax),
        note: { operationName: null },
        stream: null,
      },
    });
  for (let time = 0; time < 3; time += 1) {
    service.calls.length = 0;
    const { errors } = await execute(principal, 'shop:1', 'other:1');
    expect(errors?.map(({ path }) => path)).toEqual([['second']]);
    expect(service.calls).toEqual([]);
    // Whoever may do it makes the operation compiled.
    await execute(null, 'shop:1', 'other:1');
    expect(service.calls).toEqual(['run', 'run']);
    await turn();
  }
});

/** A root field of a random mutation. */
const field = fc.record({
  account: fc.constantFrom('shop:1', 'shop:1', 'shop:1', 'shop:2', 'other:1', 'default'),
  how: fc.constantFrom('variable', 'account', 'literal'),
  around: fc.constantFrom('', '...', '... on Mutation', 'fragment'),
  condition: fc.constantFrom('', '@skip', '@include'),
  isConditionVariable: fc.boolean(),
  isIncluded: fc.constantFrom(true, true, false),
});
type Field = typeof field extends fc.Arbitrary<infer Value> ? Value : never;

const isExecuted = ({ condition, isIncluded }: Field) => condition === '' || isIncluded;

interface Made {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

function made(fields: readonly Field[]): Made {
  const variables: Record<string, unknown> = {};
  const declarations: string[] = [];
  const fragments: string[] = [];
  const declare = (name: string, type: string, value: unknown) => {
    declarations.push(`$${name}: ${type}`);
    variables[name] = value;
    return `$${name}`;
  };
  const inputOf = ({ how, account }: Field, index: number) => {
    const input = { ...row, accountId: account, points: 1 };
    if (how === 'variable') return declare(`input${index}`, 'AddTransactionInput!', input);
    const id = how === 'literal' ? JSON.stringify(account) : declare(`id${index}`, 'ID!', account);
    return `{ accountId: ${id}, payer: "P", points: 1, timestamp: ${JSON.stringify(row.timestamp)} }`;
  };
  const directiveOf = ({ condition, isIncluded, isConditionVariable }: Field, index: number) => {
    if (condition === '') return '';
    const value = condition === '@skip' ? !isIncluded : isIncluded;
    const shown = isConditionVariable ? declare(`if${index}`, 'Boolean!', value) : value;
    return `${condition}(if: ${shown})`;
  };
  const selections = fields.map((each, index) => {
    const text = `f${index}: addTransaction(input: ${inputOf(each, index)})`;
    const directive = directiveOf(each, index);
    if (each.around === '') return `${text} ${directive} { replayed }`;
    if (each.around !== 'fragment') return `${each.around} ${directive} { ${text} { replayed } }`;
    fragments.push(`fragment F${index} on Mutation { ${text} { replayed } }`);
    return `...F${index} ${directive}`;
  });
  const head = declarations.length === 0 ? '' : `(${declarations.join(', ')})`;
  return {
    query: [`mutation ${head} { ${selections.join('\n')} }`, ...fragments].join('\n'),
    variables,
  };
}

async function accounts(): Promise<LedgerResponse> {
  const query = '{ accounts(first: 100) { nodes { id points } } }';
  return ledger.execute({ query });
}

test.each([0, 12])(
  'a random mutation with a foreign part changes nothing, and any other is made whole, after %i executions',
  async (before) => {
    await fc.assert(
      fc.asyncProperty(fc.array(field, { minLength: 1, maxLength: 5 }), async (fields) => {
        const request = made(fields);
        for (let time = 0; time < before; time += 1) {
          await ledger.execute(request);
          await turn();
        }
        const earlier = await accounts();
        const { data, errors = [] } = await ledger.execute({ ...request, principal: bound });
        const asked = fields.map((each, index) => ({ ...each, key: `f${index}` }));
        const executed = asked.filter(isExecuted);
        const foreign = executed.filter(({ account }) => !account.startsWith('shop:'));
        expect(errors.map(({ path, extensions }) => [path, extensions?.code])).toEqual(
          foreign.map(({ key }) => [[key], 'FORBIDDEN']),
        );
        if (foreign.length > 0) {
          expect(data).toBeNull();
          expect(await accounts()).toEqual(earlier);
        } else {
          const replayed = { replayed: false };
          expect(data).toEqual(Object.fromEntries(executed.map(({ key }) => [key, replayed])));
        }
      }),
      often(before === 0 ? 150 : 40),
    );
  },
  longRunMsMax,
);
