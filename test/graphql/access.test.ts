import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { ruleOf } from '../../src/graphql/access/rule';
import { buildLedgerSchema } from '../../src/graphql/schema';
import { encodeEntryId } from '../../src/ids/entry-id';
import { memoryService } from './ledger-api';

const schema = buildLedgerSchema(memoryService());

interface Place {
  readonly name: string;
  readonly isRoot: boolean;
  readonly field: GraphQLField<unknown, unknown>;
}

function placesIn(given: GraphQLSchema): Place[] {
  const roots = new Set<unknown>([
    given.getQueryType(),
    given.getMutationType(),
    given.getSubscriptionType(),
  ]);
  const types = Object.values(given.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return types.flatMap((type) => {
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).map((field) => ({
      name: `${type.name}.${field.name}`,
      isRoot: roots.has(type),
      field,
    }));
  });
}

const places = placesIn(schema);
const leadsToAccount = ({ field }: Place) => getNamedType(field.type).name === 'Account';

test('somebody has decided about every root field, and about every field that leads to an account', () => {
  const roots = places.filter(({ isRoot }) => isRoot);
  expect(roots.length).toBeGreaterThanOrEqual(9);
  expect(
    roots.filter(({ field }) => ruleOf(field)?.kind !== 'root').map(({ name }) => name),
  ).toEqual([]);
  const edges = places.filter((place) => !place.isRoot && leadsToAccount(place));
  expect(edges.length).toBeGreaterThanOrEqual(5);
  expect(
    edges.filter(({ field }) => ruleOf(field)?.kind !== 'edge').map(({ name }) => name),
  ).toEqual([]);
});

const entryOfA = encodeEntryId({ accountId: 'a', sequence: 1, id: 'x' });

test('a rule names an account wherever an argument does', () => {
  const taking = places.filter(({ isRoot, field }) => isRoot && field.args.length > 0);
  for (const { name, field } of taking) {
    const rule = ruleOf(field);
    if (rule?.kind !== 'root') throw new Error(`${name} has no rule`);
    if (rule.lists) continue;
    const input = { accountId: 'a', id: entryOfA, transactions: [{ accountId: 'a' }] };
    const args = { id: name === 'Query.entry' ? entryOfA : 'a', accountId: 'a', input };
    expect([name, ...new Set(rule.accounts(args as never))]).toEqual([name, 'a']);
  }
});

test('no field needs points:admin but the list of accounts', () => {
  const admin = places.filter(({ field }) => {
    const rule = ruleOf(field);
    return rule?.kind === 'root' && rule.scopes.includes('points:admin');
  });
  expect(admin.map(({ name }) => name)).toEqual(['Query.accounts']);
});
