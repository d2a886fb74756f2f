import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

export interface RandomOperation {
  readonly source: string;
  /** Returns new values; some of them are wrong. */
  variables(): Record<string, unknown>;
}

type Field = GraphQLField<unknown, unknown>;

/** Returns a valid value of a scalar. */
export type ScalarValue = (type: string, pick: <Item>(items: readonly Item[]) => Item) => unknown;

const depthMax = 4;
const aliases = ['a', 'b', 'c', 'first', 'toJSON', 'then', 'constructor', 'idx0'];
const wrongValues = [null, 1.5, 'wrong', [], {}, true, '__MAGIC_NAN__', [[null]], { more: 1 }];

/** Makes random operations over a schema; most of them are valid. */
export class RandomOperations {
  private definitions = new Map<string, GraphQLInputType>();
  private declarations: string[] = [];
  private fragments: { readonly name: string; readonly type: string; readonly text: string }[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: () => number,
    private readonly scalar: ScalarValue,
  ) {}

  next(): RandomOperation {
    this.definitions = new Map();
    this.declarations = [];
    this.fragments = [];
    const kind = this.chance(0.5) ? 'query' : 'mutation';
    const root = kind === 'query' ? this.schema.getQueryType() : this.schema.getMutationType();
    const selections = this.selections(root!, 0);
    const head = this.declarations.length > 0 ? `(${this.declarations.join(', ')})` : '';
    const parts = [`${kind} Random${head} ${selections}`, ...this.fragments.map((it) => it.text)];
    const definitions = this.definitions;
    return { source: parts.join('\n'), variables: () => this.values(definitions) };
  }

  private selections(type: GraphQLNamedType, depth: number): string {
    const count = 1 + Math.floor(this.random() * 3);
    const texts = Array.from({ length: count }, () => this.selection(type, depth));
    return `{ ${texts.join(' ')} }`;
  }

  private selection(type: GraphQLNamedType, depth: number): string {
    if (this.chance(0.08)) return '__typename';
    if (this.chance(isAbstractType(type) ? 0.5 : 0.15)) return this.fragment(type, depth);
    if (!isObjectType(type) && !isInterfaceType(type)) return '__typename';
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < depthMax || isLeafType(getNamedType(field.type)),
    );
    return fields.length === 0 ? '__typename' : this.field(this.pick(fields), depth);
  }

  private field(field: Field, depth: number): string {
    const name = this.chance(0.03) ? '__proto__' : this.pick(aliases);
    const alias = this.chance(0.25) ? `${name}: ` : '';
    const given = field.args.filter((it) => isNonNullType(it.type) || this.chance(0.5));
    const values = given.map((argument) => `${argument.name}: ${this.argument(argument)}`);
    const list = values.length > 0 ? `(${values.join(', ')})` : '';
    const type = getNamedType(field.type);
    const below = isLeafType(type) ? '' : ` ${this.selections(type, depth + 1)}`;
    return `${alias}${field.name}${list}${this.directive()}${below}`;
  }

  private fragment(type: GraphQLNamedType, depth: number): string {
    const same = this.fragments.filter((fragment) => fragment.type === type.name);
    if (same.length > 0 && this.chance(0.5)) {
      return `...${this.pick(same).name}${this.directive()}`;
    }
    const types = isAbstractType(type) ? [type, ...this.schema.getPossibleTypes(type)] : [type];
    const narrowed = this.pick<GraphQLNamedType>(types);
    const selections = this.selections(narrowed, depth);
    if (this.chance(0.5)) return `... on ${narrowed.name}${this.directive()} ${selections}`;
    const name = `Part${this.fragments.length}`;
    const text = `fragment ${name} on ${narrowed.name} ${selections}`;
    this.fragments.push({ name, type: narrowed.name, text });
    return `...${name}${this.directive()}`;
  }

  private directive(): string {
    if (!this.chance(0.06)) return '';
    const name = this.pick(['skip', 'include']);
    if (this.chance(0.3)) return ` @${name}(if: ${this.pick(['true', 'false'])})`;
    const boolean = this.schema.getType('Boolean') as GraphQLInputType;
    return ` @${name}(if: ${this.variable(boolean, this.pick(['Boolean!', 'Boolean = true']))})`;
  }

  private argument({ type, defaultValue }: GraphQLArgument): string {
    if (this.chance(0.2)) return this.literal(type);
    if (isNonNullType(type) && defaultValue !== undefined && this.chance(0.5)) {
      return this.variable(type.ofType, String(type.ofType));
    }
    if (isNonNullType(type) && this.chance(0.3)) {
      return this.variable(type.ofType, `${type.ofType} = ${this.literal(type, 0)}`);
    }
    return this.variable(type, String(type));
  }

  private variable(type: GraphQLInputType, declared: string): string {
    const name = `v${this.definitions.size}`;
    this.definitions.set(name, type);
    this.declarations.push(`$${name}: ${declared}`);
    return `$${name}`;
  }

  private values(definitions: ReadonlyMap<string, GraphQLInputType>): Record<string, unknown> {
    const wrong = this.chance(0.2) ? 0.15 : 0;
    const values: Record<string, unknown> = {};
    for (const [name, type] of definitions) {
      if (!isNonNullType(type) && this.chance(0.2)) continue;
      if (this.chance(wrong)) continue;
      values[name] = this.value(type, wrong);
    }
    return values;
  }

  private value(type: GraphQLInputType, wrong: number): unknown {
    if (this.chance(wrong)) return this.pick(wrongValues);
    if (isNonNullType(type)) return this.value(type.ofType, wrong);
    if (this.chance(0.03)) return null;
    if (isListType(type)) {
      const count = Math.floor(this.random() * 4);
      return Array.from({ length: count }, () => this.value(type.ofType, wrong));
    }
    if (isEnumType(type)) return this.pick(type.getValues()).name;
    if (!isInputObjectType(type)) return this.scalar(type.name, (items) => this.pick(items));
    const fields = Object.values(type.getFields()).filter(
      (field) =>
        (isNonNullType(field.type) && field.defaultValue === undefined) || this.chance(0.5),
    );
    return Object.fromEntries(fields.map((each) => [each.name, this.value(each.type, wrong)]));
  }

  /** Returns a literal of a type. */
  private literal(type: GraphQLInputType, variables = 0.3, depth = 0): string {
    if (isNonNullType(type)) return this.literal(type.ofType, variables, depth);
    if (isListType(type)) return `[${this.literal(type.ofType, variables, depth)}]`;
    if (!isInputObjectType(type)) {
      const value = this.value(type, 0);
      return isEnumType(type) && value !== null ? String(value) : JSON.stringify(value);
    }
    const fields = Object.values(type.getFields())
      .filter((each) => depth < 3 || isLeafType(getNamedType(each.type)))
      .map((each) => {
        const value = this.chance(variables)
          ? this.variable(each.type, String(each.type))
          : this.literal(each.type, variables, depth + 1);
        return `${each.name}: ${value}`;
      });
    return `{ ${fields.join(', ')} }`;
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)];
  }
}
