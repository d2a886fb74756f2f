import { type DocumentNode, execute, parse } from 'graphql';
import {
  type AccountSelection,
  accountSelection,
} from '../../src/graphql/account/account-selection';
import { ResponseBudget } from '../../src/graphql/response-budget';
import { buildLedgerSchema } from '../../src/graphql/schema';
import { Account as LedgerAccount } from '../../src/ledger/account';
import { memoryService } from './ledger-api';

/** Decorated classes must be loaded by the schema, and imports are sorted by their names. */
const {
  copyAccount,
}: typeof import('../../src/graphql/account/copy-account') = require('../../src/graphql/account/copy-account');

/** Returns the selection of a document, read in a resolver. */
async function seen(
  source: string | DocumentNode,
  route: readonly string[] = [],
  variableValues = {},
): Promise<AccountSelection> {
  const schema = buildLedgerSchema(memoryService());
  let selection: AccountSelection | undefined;
  const roots = { ...schema.getQueryType()?.getFields(), ...schema.getMutationType()?.getFields() };
  for (const field of Object.values(roots)) {
    field.resolve = (_root, _args, _context, info) => {
      selection = accountSelection(info, route);
      return null;
    };
  }
  const document = typeof source === 'string' ? parse(source) : source;
  await execute({ schema, document, variableValues });
  if (selection === undefined) throw new Error('no root field was resolved');
  return selection;
}

const pages = ({ lots }: AccountSelection) => [...lots.values()].map((args) => ({ ...args }));

test('only the selected parts of the account are copied', async () => {
  const selection = await seen('{ account { id __typename } }');
  expect(selection).toMatchObject({ selected: true, beyondId: false, balances: false });
  expect(pages(selection)).toEqual([]);
});

test('aliases, fragments and inline fragments are seen through', async () => {
  const selection = await seen(`
    query { account {
      ... { b: balances { payer } }
      ...Lots
      ... on Account { x: lots(last: 2) { nodes { remaining } } }
    } }
    fragment Lots on Account { lots(first: 1) { ...Page } ...More }
    fragment More on Account { points }
    fragment Page on LotConnection { nodes { remaining } }
  `);
  expect(selection).toMatchObject({ beyondId: true, balances: true });
  expect(pages(selection)).toEqual([{ first: 1 }, { last: 2 }]);
});

test('@skip and @include decide with the values of variables', async () => {
  const source = `query ($yes: Boolean!, $no: Boolean!) { account {
    balances @include(if: $no) { payer }
    lots(first: 1) @skip(if: $yes) { nodes { remaining } }
    ... @include(if: $no) { lots(first: 2) { nodes { remaining } } }
    ...Lots @skip(if: $yes)
    kept: lots(first: 4) @skip(if: $no) @include(if: $yes) { nodes { remaining } }
  } }
  fragment Lots on Account { lots(first: 3) { nodes { remaining } } }`;
  const selection = await seen(source, [], { yes: true, no: false });
  expect(selection.balances).toBe(false);
  expect(pages(selection)).toEqual([{ first: 4 }]);
});

test('page arguments are read from variables, and the same page is copied once', async () => {
  const source = `query ($first: Int, $after: String) { account {
    a: lots(first: $first, after: $after) { nodes { remaining } }
    b: lots(first: 5, after: "c") { nodes { remaining } }
  } }`;
  expect(pages(await seen(source, [], { first: 5, after: 'c' }))).toEqual([
    { first: 5, after: 'c' },
  ]);
});

test('accounts under several names of a payload are seen together', async () => {
  const source = `mutation { addTransactions(input: { transactions: [] }) {
    x: results { a: account { points } replayed }
    ... { results { account { lots(first: 7) { nodes { remaining } } } } }
  } }`;
  const selection = await seen(source, ['results', 'account']);
  expect(selection).toMatchObject({ selected: true, beyondId: true, balances: false });
  expect(pages(selection)).toEqual([{ first: 7 }]);
  const without = await seen(
    'mutation { addTransactions(input: { transactions: [] }) { results { replayed } } }',
    ['results', 'account'],
  );
  expect(without.selected).toBe(false);
});

/** A job must not compute what its response does not contain. */
class UntouchableAccount extends LedgerAccount {
  override standings(): never {
    throw new Error('balances were copied');
  }
}

test('balances are copied only if they are selected', async () => {
  const account = new UntouchableAccount('a');
  const budget = new ResponseBudget(1);
  const copied = copyAccount(await seen('{ account { points } }'), budget)(account);
  expect(copied).toMatchObject({ id: 'a', points: 0 });
  const all = copyAccount(await seen('{ account { balances { payer } } }'), budget);
  expect(() => all(account)).toThrow('balances were copied');
});

test.each([
  ['a directive', 'account { balances @include(if: $yes) { payer } }'],
  ['an argument', 'account { lots(first: $count) { nodes { remaining } } }'],
  ['a directive on a fragment', 'account { ... @skip(if: $yes) { points } }'],
  ['nothing', 'account { balances { payer } lots(first: 3) { nodes { remaining } } }'],
  ['nothing, in two places', 'account { balances { payer } } account { points }'],
])('a document is executed again with other variables, which %s reads', async (_, fields) => {
  const document = `query ($yes: Boolean!, $count: Int) { ${fields} }`;
  const again = parse(document);
  for (const variables of [
    { yes: true, count: 1 },
    { yes: false, count: 2 },
    { yes: true, count: 1 },
  ]) {
    expect(await seen(again, [], variables)).toEqual(await seen(parse(document), [], variables));
  }
});
