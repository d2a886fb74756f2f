import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  getIntrospectionQuery,
  graphqlSync,
  isTypeDefinitionNode,
  Kind,
  parse,
  print,
  printSchema,
  type TypeDefinitionNode,
  validateSchema,
} from 'graphql';
import { LedgerApi } from './ledger-api';

const contracts = ['contract.graphql', 'life.graphql'].map((name) => ({
  name,
  contract: parse(readFileSync(join(__dirname, name), 'utf8')),
}));
const built = new LedgerApi().schema;
const schema = parse(printSchema(built));

/** Every type, field, argument, input field and enum value as a line: its place, and what it is. */
function linesOf(document: DocumentNode): Map<string, string> {
  return new Map(
    document.definitions.filter(isType).flatMap((type) => [lineOf(type), ...membersOf(type)]),
  );
}

function isType(definition: DefinitionNode): definition is TypeDefinitionNode {
  return isTypeDefinitionNode(definition);
}

function lineOf(type: TypeDefinitionNode): [string, string] {
  const interfaces = 'interfaces' in type ? (type.interfaces ?? []).map(print).join(' & ') : '';
  return [type.name.value, `${type.kind} ${interfaces}`];
}

function membersOf(type: TypeDefinitionNode): [string, string][] {
  const name = type.name.value;
  if (type.kind === Kind.ENUM_TYPE_DEFINITION) {
    // An enum may gain values. The order of those that it had stays, since it has a meaning.
    return pairsOf(type.values ?? []).map(([before, after]) => [
      `${name}: ${before} < ${after}`,
      '',
    ]);
  }
  if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    return (type.fields ?? []).map((field) => [`${name}.${field.name.value}`, plain(field)]);
  }
  if (!('fields' in type)) return [];
  return (type.fields ?? []).flatMap((field) => [
    [`${name}.${field.name.value}`, print(field.type)] as [string, string],
    ...(field.arguments ?? []).map((argument): [string, string] => [
      `${name}.${field.name.value}(${argument.name.value})`,
      plain(argument),
    ]),
  ]);
}

/** Returns all pairs of names, in their order. */
function pairsOf(values: readonly { readonly name: { readonly value: string } }[]) {
  const names = values.map(({ name }) => name.value);
  return names.flatMap((before, at) =>
    names.slice(at + 1).map((after) => [before, after] as const),
  );
}

function plain(value: Parameters<typeof print>[0]): string {
  return print({ ...value, description: undefined } as typeof value);
}

interface Described {
  readonly description?: { readonly value: string };
  readonly name: { readonly value: string };
  readonly fields?: readonly Described[];
  readonly values?: readonly Described[];
  readonly directives?: readonly ConstDirectiveNode[];
}

function descriptionsOf(document: DocumentNode): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (node: Described, parent: string) => {
    const place = `${parent}${node.name.value}`;
    if (node.description !== undefined) found.set(place, node.description.value);
    for (const member of [...(node.fields ?? []), ...(node.values ?? [])])
      visit(member, `${place}.`);
  };
  for (const definition of document.definitions)
    if (isType(definition)) visit(definition as Described, '');
  return found;
}

test('the schema is valid, which the server does not check when it starts', () => {
  expect(validateSchema(built)).toEqual([]);
  const { data, errors } = graphqlSync({ schema: built, source: getIntrospectionQuery() });
  expect(errors).toBeUndefined();
  expect(data).toHaveProperty('__schema');
});

test.each(contracts)('the schema holds all that $name names, alike', ({ contract }) => {
  const present = linesOf(schema);
  const promised = [...linesOf(contract)];
  expect(promised.length).toBeGreaterThan(100);
  expect(promised.map(([place]) => [place, present.get(place)])).toEqual(promised);
});

test.each(contracts)('the schema says what $name says in descriptions', ({ contract }) => {
  const present = descriptionsOf(schema);
  const promised = [...descriptionsOf(contract)];
  expect(promised.length).toBeGreaterThan(0);
  expect(promised.filter(([place, text]) => !present.get(place)?.includes(text))).toEqual([]);
});

test('every type, field and value is described', () => {
  const described = descriptionsOf(schema);
  const places = [...linesOf(schema).keys()].filter((place) => !/\(|: .+ < /.test(place));
  expect(places.filter((place) => !described.has(place))).toEqual([]);
});

test.each([
  'LotConnection',
  'EntryConnection',
  'AccountConnection',
  'ExpiryConnection',
  'HoldConnection',
])('%s follows the cursor connections specification, with nodes beside edges', (connection) => {
  const node = connection.replace('Connection', '');
  const lines = linesOf(schema);
  expect(lines.get(`${connection}.edges`)).toBe(`[${node}Edge!]!`);
  expect(lines.get(`${connection}.nodes`)).toBe(`[${node}!]!`);
  expect(lines.get(`${connection}.pageInfo`)).toBe('PageInfo!');
  expect(lines.get(`${node}Edge.cursor`)).toBe('String!');
  expect(lines.get(`${node}Edge.node`)).toBe(`${node}!`);
});

test('page info has the four fields of the specification', () => {
  const lines = linesOf(schema);
  expect(lines.get('PageInfo.hasNextPage')).toBe('Boolean!');
  expect(lines.get('PageInfo.hasPreviousPage')).toBe('Boolean!');
  expect(lines.get('PageInfo.startCursor')).toBe('String');
  expect(lines.get('PageInfo.endCursor')).toBe('String');
});

test('the checked-in schema is the one that the classes make', () => {
  const checkedIn = parse(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
  expect(linesOf(checkedIn)).toEqual(linesOf(schema));
  expect(descriptionsOf(checkedIn)).toEqual(descriptionsOf(schema));
});
