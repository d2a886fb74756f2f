import type {
  GraphQLFieldConfigArgumentMap,
  GraphQLFieldConfigMap,
  GraphQLInterfaceType,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLType,
} from 'graphql';
import * as ownGraphql from 'graphql';
import type { GraphqlCopy } from './ledger';

/**
 * Returns a schema that another copy of graphql-js accepts. A process has two copies if one was
 * required and one imported as a module, as Vitest does; each refuses the types of the other.
 */
export function schemaForCopy(copy: GraphqlCopy | undefined, schema: GraphQLSchema): GraphQLSchema {
  if (copy === undefined || copy.GraphQLSchema === ownGraphql.GraphQLSchema) return schema;
  return new SchemaCopier(copy).copy(schema);
}

class SchemaCopier {
  readonly #types = new Map<string, GraphQLNamedType>();

  constructor(private readonly copies: GraphqlCopy) {}

  copy(schema: GraphQLSchema): GraphQLSchema {
    const { query, mutation, subscription, types, description } = schema.toConfig();
    const own = types.filter(({ name }) => !name.startsWith('__'));
    return new this.copies.GraphQLSchema({
      description,
      query: query && this.#named(query),
      mutation: mutation && this.#named(mutation),
      subscription: subscription && this.#named(subscription),
      types: own.map((type) => this.#named(type)),
    });
  }

  #named<Type extends GraphQLNamedType>(type: Type): Type {
    const copied = this.#types.get(type.name) ?? this.#create(type);
    this.#types.set(type.name, copied);
    return copied as Type;
  }

  #create(type: GraphQLNamedType): GraphQLNamedType {
    const { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType } =
      ownGraphql;
    if (isScalarType(type)) return this.#scalar(type);
    if (isEnumType(type)) return new this.copies.GraphQLEnumType(type.toConfig());
    if (isInputObjectType(type)) return this.#inputObject(type);
    if (isInterfaceType(type)) {
      const config = { ...type.toConfig(), ...this.#composite(type) };
      return new this.copies.GraphQLInterfaceType(config);
    }
    if (isObjectType(type)) {
      return new this.copies.GraphQLObjectType({ ...type.toConfig(), ...this.#composite(type) });
    }
    throw new Error(`The schema has a union, ${type.name}, which is not copied yet.`);
  }

  #scalar(type: ownGraphql.GraphQLScalarType): GraphQLNamedType {
    const isSpecified = ownGraphql.specifiedScalarTypes.includes(type);
    const specified = this.copies.specifiedScalarTypes.find(({ name }) => name === type.name);
    if (isSpecified && specified !== undefined) return specified;
    return new this.copies.GraphQLScalarType(type.toConfig());
  }

  #inputObject(type: ownGraphql.GraphQLInputObjectType): GraphQLNamedType {
    const config = type.toConfig();
    const fields = () => mapValues(config.fields, (it) => ({ ...it, type: this.#type(it.type) }));
    return new this.copies.GraphQLInputObjectType({ ...config, fields });
  }

  #composite(type: GraphQLObjectType | GraphQLInterfaceType) {
    const { fields, interfaces } = type.toConfig();
    return {
      fields: () => this.#fields(fields),
      interfaces: () => interfaces.map((each) => this.#named(each)),
    };
  }

  #fields(fields: GraphQLFieldConfigMap<unknown, unknown>) {
    return mapValues(fields, (field) => ({
      ...field,
      type: this.#type(field.type),
      args: this.#args(field.args ?? {}),
    }));
  }

  #args(args: GraphQLFieldConfigArgumentMap): GraphQLFieldConfigArgumentMap {
    return mapValues(args, (arg) => ({ ...arg, type: this.#type(arg.type) }));
  }

  #type<Type extends GraphQLType>(type: Type): Type {
    const { GraphQLList, GraphQLNonNull } = this.copies;
    if (ownGraphql.isNonNullType(type)) return new GraphQLNonNull(this.#type(type.ofType)) as Type;
    if (ownGraphql.isListType(type)) return new GraphQLList(this.#type(type.ofType)) as Type;
    return this.#named(type as GraphQLNamedType) as Type;
  }
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
