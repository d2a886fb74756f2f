import { setImmediate as nextIteration } from 'node:timers/promises';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { unrestricted } from '../../../src/auth/session';
import { ResponseBudget } from '../../../src/graphql/response-budget';
import { CompiledOperations } from '../../../src/http/execution/compiled-operations';
import { Executor } from '../../../src/http/execution/executor';
import type { RequestContext } from '../../../src/http/request-context';
import type { Logger } from '../../../src/telemetry/logger';
import type { RandomOperation } from './random-operations';

interface Executed {
  /** The response as JSON, as it is sent. */
  readonly body: string;
  /** How many faults were logged. */
  readonly faults: number;
}

/** Executes the same operations with graphql-js and compiled, each over a schema of its own. */
export class BothExecutors {
  readonly interpreter: Executor;
  readonly compiler: Executor;
  /** How many executions were compiled. */
  compiled = 0;

  constructor(
    interpreted: GraphQLSchema,
    private readonly schema: GraphQLSchema,
    private readonly rowsMax: number,
  ) {
    this.interpreter = new Executor(interpreted, 0);
    this.compiler = new Executor(schema, 500, 1);
  }

  /**
   * Executes an operation several times, with new variables each time; all but the first may be
   * compiled. Returns both responses to each, or none if the operation is not valid.
   */
  async compare(
    { source, variables }: RandomOperation,
    times = 4,
  ): Promise<[Executed, Executed][]> {
    const document = parse(source);
    if (validate(this.schema, document).length > 0) return [];
    const gets = jest.spyOn(CompiledOperations.prototype, 'get');
    const responses: [Executed, Executed][] = [];
    for (let time = 0; time < times; time += 1) {
      const values = variables();
      const run = (executor: Executor) => this.run(executor, { document, variableValues: values });
      responses.push([await run(this.interpreter), await run(this.compiler)]);
      await nextIteration();
    }
    this.compiled += gets.mock.results.filter(({ value }) => value !== undefined).length;
    gets.mockRestore();
    return responses;
  }

  private async run(
    executor: Executor,
    args: Pick<Parameters<Executor['execute']>[0], 'document' | 'variableValues'>,
  ): Promise<Executed> {
    let faults = 0;
    const count = () => {
      faults += 1;
    };
    const logger: Logger = { debug: count, info: count, warn: count, error: count };
    const contextValue: RequestContext = {
      requestId: 'request',
      session: unrestricted,
      principal: null,
      logger,
      budget: new ResponseBudget(this.rowsMax),
      note: { operationName: null },
      stream: null,
    };
    const result = await executor.execute({ ...args, contextValue });
    return { body: JSON.stringify(result), faults };
  }
}
