import {
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import type { LedgerService } from '../service/ledger-service';
import { enforceAccess } from './access/enforce';
import { defaultAccountId } from './account/account-arg';
import { withOwnMetadata } from './own-metadata';

/** Not imported by a statement, since decorators write metadata when their file is loaded. */
const { schemaOfClasses } = withOwnMetadata((): typeof import('./ledger-schema') =>
  require('./ledger-schema'),
);

interface SchemaOptions {
  /** False if every request must name its account; true by default. */
  readonly defaultAccount?: boolean;
}

/**
 * Builds the schema over a service; takes some tens of milliseconds. It runs with a
 * `LedgerContext`, or without a context. A program that has a type-graphql schema of its own keeps
 * its metadata, and its schema does not get our types.
 */
export function buildLedgerSchema(
  service: LedgerService,
  { defaultAccount = true }: SchemaOptions = {},
): GraphQLSchema {
  const schema = withOwnMetadata(() => schemaOfClasses(service));
  resolveWithOwnMetadata(schema);
  enforceAccess(schema);
  if (!defaultAccount) requireAccounts(schema);
  return schema;
}

/** Wraps resolvers with arguments: type-graphql looks up the class of arguments at every call. */
function resolveWithOwnMetadata(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (field.args.length === 0 || resolve === undefined) continue;
      field.resolve = resolving(resolve);
    }
  }
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

function resolving(resolve: Resolver): Resolver {
  return (root, args, context, info) => withOwnMetadata(() => resolve(root, args, context, info));
}

/** Removes the default of every argument and input field that names an account. */
function requireAccounts(schema: GraphQLSchema): void {
  for (const input of Object.values(schema.getTypeMap()).flatMap(inputsOf)) {
    if (input.defaultValue === defaultAccountId) input.defaultValue = undefined;
  }
}

function inputsOf(type: GraphQLNamedType): { defaultValue?: unknown }[] {
  if (isInputObjectType(type)) return Object.values(type.getFields());
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ args }) => [...args]);
}
