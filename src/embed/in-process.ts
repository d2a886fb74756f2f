import type { ApolloServer } from '@apollo/server';
import { type GraphQLSchema, print } from 'graphql';
import type { Principal } from '../auth/principal';
import { unrestricted } from '../auth/session';
import { type Config, limits } from '../config';
import type { TopLevelErrorCode } from '../error-codes';
import { ResponseBudget } from '../graphql/response-budget';
import { createApolloServer } from '../http/apollo/apollo-server';
import { KnownDocuments } from '../http/apollo/known-documents';
import { conditionCode, conditionProblem } from '../http/apollo/subscription-conditions';
import { Executor } from '../http/execution/executor';
import { JsonProblem, readJson } from '../http/json/read-json';
import type { RequestContext } from '../http/request-context';
import { requestIds } from '../http/request-ids';
import type { Logger } from '../telemetry/logger';
import type { LedgerRequest, LedgerResponse } from './ledger';
import { readPrincipal } from './read-principal';

/** Executes requests with the validation, limits and masking of the HTTP server, without HTTP. */
export class InProcess {
  readonly #newRequestId = requestIds();
  readonly #inFlight = new Set<Promise<LedgerResponse>>();

  private constructor(
    private readonly apollo: ApolloServer<RequestContext>,
    private readonly logger: Logger,
  ) {}

  static async start(schema: GraphQLSchema, config: Config, logger: Logger): Promise<InProcess> {
    const documents = new KnownDocuments(limits.knownDocumentsLengthMax);
    const { introspection } = config;
    const executor = new Executor(schema, limits.compiledOperationsMax);
    const options = { schema, introspection, limits, documents, executor, logger };
    const apollo = createApolloServer(options);
    await apollo.start();
    return new InProcess(apollo, logger);
  }

  async execute(request: LedgerRequest): Promise<LedgerResponse> {
    const executing = this.#execute(request);
    this.#inFlight.add(executing);
    try {
      return await executing;
    } finally {
      this.#inFlight.delete(executing);
    }
  }

  /** Resolves when the requests in flight are finished. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#inFlight);
    await this.apollo.stop();
  }

  async #execute(request: LedgerRequest): Promise<LedgerResponse> {
    const body = bodyOf(request);
    if (body instanceof RefusedBody) return refusal(body.message);
    const problem = conditionProblem(body.query);
    if (problem !== null) return refusal(problem, conditionCode);
    const principal = request.principal == null ? null : readPrincipal(request.principal);
    if (typeof principal === 'string') return refusal(principal);
    const { body: result } = await this.apollo.executeOperation(body, {
      contextValue: this.#newContext(principal),
    });
    if (result.kind !== 'single') throw new Error('Apollo Server returned several parts.');
    return JSON.parse(JSON.stringify(result.singleResult)) as LedgerResponse;
  }

  #newContext(principal: Principal | null): RequestContext {
    return {
      requestId: this.#newRequestId(),
      session: unrestricted,
      principal,
      logger: this.logger,
      budget: new ResponseBudget(limits.responseRowsMax),
      note: { operationName: null },
      stream: null,
    };
  }
}

interface Body {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

class RefusedBody {
  constructor(readonly message: string) {}
}

/** Encodes the request as JSON and decodes it, so that it is what a server would receive. */
function bodyOf(request: LedgerRequest): Body | RefusedBody {
  const text = textOf(request);
  if (text instanceof RefusedBody) return text;
  if (Buffer.byteLength(text) > limits.bodyBytesMax) {
    return new RefusedBody(
      `The request is larger than ${limits.bodyBytesMax} bytes. Send less at once.`,
    );
  }
  try {
    return checked(readJson(text, ['variables'], limits.variableValuesMax));
  } catch (error) {
    if (error instanceof JsonProblem) return new RefusedBody(error.message);
    throw error;
  }
}

/** Refuses what JSON cannot express, such as a BigInt, and an object that is not a document. */
function textOf({ query, variables, operationName }: LedgerRequest): string | RefusedBody {
  try {
    const source = typeof query === 'object' && query !== null ? print(query) : query;
    return JSON.stringify({ query: source, variables, operationName });
  } catch (error) {
    return new RefusedBody(`The request cannot be sent as JSON: ${(error as Error).message}`);
  }
}

function checked(body: unknown): Body | RefusedBody {
  const { query, variables, operationName } = body as Record<string, unknown>;
  if (typeof query !== 'string') return new RefusedBody('query must be a string or a document.');
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) {
    return new RefusedBody('variables must be an object.');
  }
  if (operationName != null && typeof operationName !== 'string') {
    return new RefusedBody('operationName must be a string.');
  }
  return {
    query,
    variables: (variables as Body['variables']) ?? undefined,
    operationName: operationName ?? undefined,
  };
}

function refusal(message: string, code: TopLevelErrorCode = 'BAD_USER_INPUT'): LedgerResponse {
  return { errors: [{ message, extensions: { code } }] };
}
