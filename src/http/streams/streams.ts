import type { ApolloServer } from '@apollo/server';
import {
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import type { Limits } from '../../config';
import { AnswerBudget } from '../../graphql/answer-budget';
import type { Stream } from '../../graphql/stream';
import { truncated } from '../../graphql/truncated';
import type { Logger } from '../../telemetry/logger';
import { coercion } from '../apollo/execute-operation';
import type { KnownDocuments } from '../apollo/known-documents';
import { topLevelError } from '../errors/top-level-error';
import type { RequestContext } from '../request-context';
import { resultStream } from './result-stream';
import { streamRequest } from './stream-request';

interface StreamsOptions {
  readonly schema: GraphQLSchema;
  readonly apollo: ApolloServer<RequestContext>;
  readonly documents: KnownDocuments;
  readonly limits: Limits;
  readonly logger: Logger;
}

/** A subscription as the client sent it. */
export interface Subscribe {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

export type Results = Stream<FormattedExecutionResult>;

interface Begun {
  readonly document: DocumentNode;
  readonly results: Results;
}

/** Why there is no stream: errors as clients may see them. */
interface Refused {
  readonly errors: readonly GraphQLFormattedError[];
}

/** The open subscriptions of this process over all transports. Their number is limited. */
export class Streams {
  private readonly open = new Set<Results>();
  private opening = 0;
  private isStopping = false;

  constructor(private readonly options: StreamsOptions) {}

  /**
   * * Validates a subscription that arrived over a WebSocket, as Apollo Server validates requests,
   * and begins it.
   * @param requestId under which faults are logged.
   */
  async subscribe(message: Subscribe, requestId: string): Promise<Begun | Refused> {
    const { apollo, documents, limits, logger } = this.options;
    const stream = streamRequest(true);
    const budget = new AnswerBudget(limits.answerRowsMax);
    const context: RequestContext = {
      requestId,
      logger,
      budget,
      stream,
      note: { operationName: message.operationName ? truncated(message.operationName) : null },
    };
    const known = documents.get(message.query);
    if (known !== undefined && isSubscription(known, message.operationName)) {
      return this.begin(known, message, context);
    }
    const { query, operationName, variables } = message;
    const request = {
      query,
      operationName: operationName ?? undefined,
      variables: variables ?? undefined,
    };
    const { body } = await apollo.executeOperation(request, { contextValue: context });
    if (stream.document !== null) return this.begin(stream.document, message, context);
    const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
    return { errors: errors ?? [] };
  }

  /** Begins a validated subscription. */
  async begin(
    document: DocumentNode,
    { operationName, variables }: Subscribe,
    contextValue: RequestContext,
  ): Promise<Begun | Refused> {
    const refusal = this.refusal();
    if (refusal !== null) return { errors: [refusal] };
    const { schema } = this.options;
    this.opening += 1;
    try {
      const results = await resultStream({
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue,
        ...coercion,
      });
      return isRefused(results)
        ? { errors: results }
        : { document, results: this.counted(results) };
    } finally {
      this.opening -= 1;
    }
  }

  /** Refuses new subscriptions and completes the open ones. */
  stop(): void {
    this.isStopping = true;
    for (const results of [...this.open]) void results.return();
  }

  private refusal(): GraphQLFormattedError | null {
    const { subscriptionsMax } = this.options.limits;
    if (this.isStopping) return stopping;
    if (this.open.size + this.opening < subscriptionsMax) return null;
    const message = `This server carries ${subscriptionsMax} subscriptions already; retry later.`;
    return topLevelError('OVERLOADED', message);
  }

  /** Counts a stream as open until it ends or fails. */
  private counted(results: Results): Results {
    const { open } = this;
    const counted: Results = {
      async next() {
        try {
          const result = await results.next();
          if (result.done) open.delete(counted);
          return result;
        } catch (error) {
          open.delete(counted);
          throw error;
        }
      },
      async return() {
        open.delete(counted);
        return results.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    open.add(counted);
    if (this.isStopping) void counted.return();
    return counted;
  }
}

const stopping = topLevelError(
  'SERVICE_UNAVAILABLE',
  'The server is stopping. Nothing was changed; retry.',
);

function isSubscription(document: DocumentNode, operationName?: string | null): boolean {
  return getOperationAST(document, operationName)?.operation === 'subscription';
}

function isRefused(
  results: Results | readonly GraphQLFormattedError[],
): results is readonly GraphQLFormattedError[] {
  return Array.isArray(results);
}
