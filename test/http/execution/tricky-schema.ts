import {
  buildSchema,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLUnionType,
  isObjectType,
  responsePathAsArray,
} from 'graphql';

const text = `
  interface Named { name: String! other: Named }
  union Thing = Leaf | Branch
  enum Color { RED GREEN }
  input Range @oneOf { from: Int to: Int }
  input Change { by: Int! = 1 color: Color = RED inner: Change ranges: [Range!] }
  type Leaf implements Named { name: String! other: Named color: Color strictColor: Color! }
  type Branch implements Named {
    name: String!
    other: Named
    number(plus: Int = 2, color: Color): Int
    strict: Branch!
    thing: Thing
    strictThings(count: Int! = 2): [Thing!]!
    things: [Thing]
    table: [[Int!]]
    text(of: [String!], change: Change): String
  }
  type Query {
    branch(id: ID, range: Range): Branch
    strictBranch: Branch!
    named: Named
    things(change: Change): [Thing!]
    missing: String
  }
  type Mutation {
    change(change: Change!): Branch
    changeAll(changes: [Change!]!): [Branch!]
    strictChange: Branch!
  }
`;

class Leaf {
  constructor(private readonly random: (choices: number) => number) {}

  readonly color = 'RED';
  readonly other = null;

  get name(): string | null {
    const choice = this.random(20);
    if (choice === 0) throw new Error('a getter fails');
    return choice === 1 ? null : 'leaf';
  }

  get strictColor(): unknown {
    return ['BLUE', null, 'RED', 'GREEN', 'RED', 'RED', 'RED'][this.random(7)];
  }
}

class Branch {
  readonly name = 'branch';
  readonly table = [[1, 2], null, [3]];
}

/**
 * A schema whose resolvers return values, promises, null and wrong values, throw and reject, by the
 * path in the response and a seed.
 */
export function trickySchema(seed: number) {
  const schema = buildSchema(text);
  const changes: unknown[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (['name', 'table', 'color', 'strictColor', 'missing'].includes(field.name)) continue;
      field.resolve = resolver(seed, String(field.type), (args) => {
        if (type === schema.getMutationType()) changes.push([field.name, args]);
      });
    }
  }
  (schema.getType('Named') as GraphQLInterfaceType).resolveType = typeOf;
  (schema.getType('Thing') as GraphQLUnionType).resolveType = typeOf;
  (schema.getType('Branch') as GraphQLObjectType).isTypeOf = (value) => value instanceof Branch;
  return { schema, changes };
}

function typeOf(value: unknown): string {
  if (value instanceof Leaf) return 'Leaf';
  if (value instanceof Branch) return 'Branch';
  throw new Error('of no type');
}

function resolver(
  seed: number,
  type: string,
  called: (args: unknown) => void,
): GraphQLFieldResolver<unknown, unknown> {
  return (_root, args, _context, info) => {
    called(args);
    const steps = responsePathAsArray(info.path);
    const path = steps.join('.');
    // If an item fails at once, graphql-js leaves rejections of the items before it unhandled.
    const isInList = steps.some((step) => typeof step === 'number');
    const random = (choices: number) => hash(`${seed} ${path} ${JSON.stringify(args)}`) % choices;
    const choice = random(23);
    if (choice === 0) throw new Error('it throws');
    if (choice === 1 && !isInList) return Promise.reject(new GraphQLError('it rejects'));
    if (choice === 2) return null;
    if (choice === 3) return new Error('it returns an error');
    if (choice === 4 && !isInList) return Promise.resolve(null);
    if (choice === 5) throw new GraphQLError('of a node', { nodes: info.fieldNodes });
    const value = valueFor(type, random, args);
    return choice < 15 || isInList ? value : Promise.resolve(value);
  };
}

function valueFor(type: string, random: (choices: number) => number, args: object): unknown {
  if (type.startsWith('[')) {
    const item = type.slice(1, type.lastIndexOf(']'));
    return Array.from({ length: random(4) }, (_, index) =>
      valueFor(item, (choices) => (random(97) + index) % choices, args),
    );
  }
  const isNull = !type.endsWith('!') && random(11) === 0;
  switch (type.replace('!', '')) {
    case 'Int':
      return random(13) === 0 ? 'no number' : random(100);
    case 'String':
      return JSON.stringify(args);
    case 'Branch':
      return isNull ? null : random(17) === 0 ? new Leaf(random) : new Branch();
    default:
      return isNull
        ? null
        : random(19) === 0
          ? {}
          : random(2) === 0
            ? new Leaf(random)
            : new Branch();
  }
}

function hash(text: string): number {
  let state = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 16_777_619);
  }
  return (state ^ (state >>> 15)) >>> 0;
}
