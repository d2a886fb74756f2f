import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  type TypeNode,
  type VariableDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { type Variables, variablesCoercer } from './coercer';
import { coercedType } from './compilable-schema';
import type { RecordingContext } from './root-outcomes';
import { type Survey, surveyOf } from './survey';

/** An operation as a function. */
export interface CompiledOperation {
  readonly isMutation: boolean;
  /** Its size; see {@link Survey}. */
  readonly fields: number;
  /** Returns null if graphql-js must respond, because the variables are refused. */
  coerce(variables: Variables): Variables | null;
  /** @param variables as `coerce` returned them. Throws what its generated code throws. */
  execute(
    context: RecordingContext,
    variables: Variables,
  ): ExecutionResult | Promise<ExecutionResult>;
}

/**
 * Compiles a valid operation; takes some milliseconds.
 * @param schema as `compilableSchema` returns it.
 * @returns null if the operation must be left to graphql-js.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledOperation | null {
  const survey = surveyOf(schema, document, operation);
  const name = operation.name?.value;
  const copy = survey && copyOf(document, name, survey);
  if (survey === null || copy === null) return null;
  const compiled = compileQuery(schema, copy, name, {
    disablingCapturingStackErrors: true,
  });
  if (!isCompiledQuery(compiled)) return null;
  const coerce = variablesCoercer(schema, operation.variableDefinitions ?? []);
  return {
    isMutation: operation.operation === 'mutation',
    fields: survey.fields,
    coerce(variables) {
      const coerced = coerce(variables);
      return coerced !== null && hasAll(coerced, survey.required) ? coerced : null;
    },
    execute: (context, variables) => compiled.query(undefined, context, variables),
  };
}

function hasAll(variables: Variables, required: ReadonlySet<string>): boolean {
  for (const name of required) if (variables[name] == null) return false;
  return true;
}

/** Parses the document again, because graphql-jit writes to the nodes, and replaces the types. */
function copyOf(
  { loc }: DocumentNode,
  operationName: string | undefined,
  survey: Survey,
): DocumentNode | null {
  const document = loc && parse(loc.source.body);
  const operation = document && getOperationAST(document, operationName);
  if (!operation) return null;
  const variableDefinitions = operation.variableDefinitions?.map((definition) =>
    withCoercedType(definition, survey),
  );
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return { ...document, definitions: [{ ...operation, variableDefinitions }, ...fragments] };
}

function withCoercedType(
  { kind, variable }: VariableDefinitionNode,
  { conditions }: Survey,
): VariableDefinitionNode {
  const isCondition = conditions.has(variable.name.value);
  return { kind, variable, type: isCondition ? nonNull(named('Boolean')) : named(coercedType) };
}

function named(value: string): TypeNode & { kind: Kind.NAMED_TYPE } {
  return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value } };
}

function nonNull(type: TypeNode & { kind: Kind.NAMED_TYPE }): TypeNode {
  return { kind: Kind.NON_NULL_TYPE, type };
}
