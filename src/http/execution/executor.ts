import {
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import type { Variables } from './coercer';
import type { CompiledOperation } from './compile';
import { CompiledOperations } from './compiled-operations';
import { coercion, type OperationArgs } from './operation-args';
import { refusalOf } from './permission';
import { presented } from './presented';
import { RootOutcomes } from './root-outcomes';
import { unknownFieldsFirst } from './unknown-fields';

type Operation = ReturnType<typeof getOperationAST>;
type Result = FormattedExecutionResult | Promise<FormattedExecutionResult>;

/**
 * Executes queries and mutations. Operations that are repeated are executed by graphql-jit, whose
 * results without errors are those of graphql-js. Where errors could differ, graphql-js computes
 * the response.
 */
export class Executor {
  private readonly compiled: CompiledOperations;

  /**
   * @param compiledMax the most compiled operations; 0 leaves everything to graphql-js.
   * @param executionsBefore executions of an operation before it is compiled.
   */
  constructor(
    private readonly schema: GraphQLSchema,
    compiledMax: number,
    executionsBefore = 10,
  ) {
    this.compiled = new CompiledOperations(schema, compiledMax, executionsBefore);
  }

  /**
   * Returns the result as clients may see it, errors first. An operation of which a part is
   * forbidden is not executed, in whatever way.
   */
  execute(args: OperationArgs): Result {
    const { document, operationName, variableValues } = args;
    const operation = getOperationAST(document, operationName);
    const compiled = operation ? this.compiled.get(operation) : undefined;
    const variables = compiled?.coerce(variableValues ?? {}) ?? null;
    const refusal = operation && refusalOf(this.schema, operation, args, variables);
    if (refusal) return refusal;
    if (compiled && variables) return this.executeCompiled(compiled, args, variables);
    const result = execute({ ...args, ...coercion, schema: this.schema });
    const ended = (executed: ExecutionResult) => {
      if (operation && !compiled) this.compiled.executed(operation, document);
      return presented(this.named(executed, operation, args), args.contextValue);
    };
    return result instanceof Promise ? result.then(ended) : ended(result as ExecutionResult);
  }

  /** A result without data is that of variables that are refused. */
  private named(
    executed: ExecutionResult,
    operation: Operation,
    { variableValues }: OperationArgs,
  ): ExecutionResult {
    const { errors, data } = executed;
    if (errors === undefined || data !== undefined || !operation) return executed;
    return { errors: unknownFieldsFirst(errors, this.schema, operation, variableValues ?? {}) };
  }

  private executeCompiled(
    compiled: CompiledOperation,
    args: OperationArgs,
    variables: Variables,
  ): Result {
    const outcomes = new RootOutcomes();
    const again = () => this.executeAgain(compiled, args, outcomes);
    const complete = (result: ExecutionResult): Result => {
      if (result.errors === undefined) return result as FormattedExecutionResult;
      const known = certain(result);
      return known === null ? again() : presented(known, args.contextValue);
    };
    try {
      const result = compiled.execute({ ...args.contextValue, outcomes }, variables);
      return result instanceof Promise ? result.then(complete) : complete(result);
    } catch {
      return again();
    }
  }

  /** Lets graphql-js compute the response. A mutation changes nothing again. */
  private async executeAgain(
    { isMutation }: CompiledOperation,
    args: OperationArgs,
    outcomes: RootOutcomes,
  ): Promise<FormattedExecutionResult> {
    const contextValue = { ...args.contextValue, budget: args.contextValue.budget.fresh() };
    const schema = isMutation ? this.compiled.schema : this.schema;
    const context = isMutation ? { ...contextValue, outcomes } : contextValue;
    const result = await execute({ ...args, ...coercion, schema, contextValue: context });
    return presented(result, contextValue);
  }
}

/**
 * Returns the result as graphql-js would report it, or null if that is not certain: below the root
 * fields, graphql-jit neither stops at the first error of an object nor names its nodes.
 */
function certain({ data, errors = [] }: ExecutionResult): ExecutionResult | null {
  if (data === null && errors.length > 1) return null;
  const located = errors.map(locatedAtRoot);
  return located.includes(null) ? null : { data, errors: located as GraphQLError[] };
}

function locatedAtRoot(error: GraphQLError): GraphQLError | null {
  const { path, originalError } = error;
  if (path?.length !== 1 || !(originalError instanceof Error)) return null;
  if (!(originalError instanceof GraphQLError)) return error;
  if (originalError.path !== undefined) return originalError;
  return originalError.nodes === undefined ? error : null;
}
