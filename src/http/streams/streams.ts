import type { ApolloServer } from '@apollo/server';
import {
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import type { Session } from '../../auth/session';
import type { Limits } from '../../config';
import { ResponseBudget } from '../../graphql/response-budget';
import type { Stream } from '../../graphql/stream';
import { truncated } from '../../graphql/truncated';
import type { Logger } from '../../telemetry/logger';
import type { KnownDocuments } from '../apollo/known-documents';
import { conditionCode, conditionProblem } from '../apollo/subscription-conditions';
import { topLevelError } from '../errors/top-level-error';
import { coercion } from '../execution/operation-args';
import type { RequestContext } from '../request-context';
import { resultStream } from './result-stream';
import { SessionWatch, sessionEnded } from './session-watch';
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

/** Where a subscription over a WebSocket comes from. */
interface Origin {
  /** Under which faults are logged. */
  readonly requestId: string;
  /** Of the message, which stays in memory as long as the subscription. */
  readonly length: number;
  readonly session: Session;
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
  /** The length of the messages over WebSockets that subscriptions keep in memory. */
  private keptLength = 0;
  private isStopping = false;
  private readonly sessions = new SessionWatch();

  constructor(private readonly options: StreamsOptions) {}

  /**
   * Validates a subscription that arrived over a WebSocket, as Apollo Server validates requests,
   * and begins it.
   */
  async subscribe(
    message: Subscribe,
    { requestId, length, session }: Origin,
  ): Promise<Begun | Refused> {
    const { apollo, documents, limits, logger } = this.options;
    const stream = streamRequest('subscriptions');
    const budget = new ResponseBudget(limits.responseRowsMax);
    const context: RequestContext = {
      requestId,
      session,
      principal: session.principal,
      logger,
      budget,
      stream,
      note: { operationName: message.operationName ? truncated(message.operationName) : null },
    };
    const known = documents.get(message.query);
    if (known !== undefined && isSubscription(known, message.operationName)) {
      return this.begin(known, message, context, length);
    }
    const { query, operationName, variables } = message;
    const problem = conditionProblem(query);
    if (problem !== null) return { errors: [topLevelError(conditionCode, problem)] };
    const request = {
      query,
      operationName: operationName ?? undefined,
      variables: variables ?? undefined,
    };
    const { body } = await apollo.executeOperation(request, { contextValue: context });
    if (stream.document !== null) return this.begin(stream.document, message, context, length);
    const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
    return { errors: errors ?? [] };
  }

  /**
   * Begins a validated subscription.
   * @param length as for `subscribe`; 0 if it came as a body, which `addBodyBudget` counts.
   */
  async begin(
    document: DocumentNode,
    { operationName, variables }: Subscribe,
    contextValue: RequestContext,
    length = 0,
  ): Promise<Begun | Refused> {
    const { session } = contextValue;
    const ended = session.refusal();
    const refusal = ended === null ? this.refusal(length) : sessionEnded(ended).presented;
    if (refusal !== null) return { errors: [refusal] };
    const { schema } = this.options;
    this.opening += 1;
    this.keptLength += length;
    let kept = length;
    try {
      const results = await resultStream({
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue,
        ...coercion,
      });
      if (isRefused(results)) return { errors: results };
      kept = 0;
      return { document, results: this.counted(this.sessions.watched(results, session), length) };
    } finally {
      this.keptLength -= kept;
      this.opening -= 1;
    }
  }

  /** Refuses new subscriptions and completes the open ones. */
  stop(): void {
    this.isStopping = true;
    this.sessions.stop();
    for (const results of [...this.open]) void results.return();
  }

  private refusal(length: number): GraphQLFormattedError | null {
    const { subscriptionsMax, bodiesBytesMax } = this.options.limits;
    if (this.isStopping) return stopping;
    if (this.open.size + this.opening >= subscriptionsMax) {
      const message = `This server carries ${subscriptionsMax} subscriptions already; retry later.`;
      return topLevelError('OVERLOADED', message);
    }
    if (length === 0 || this.keptLength + length <= bodiesBytesMax) return null;
    return tooLarge;
  }

  /** Counts a stream as open until it ends or fails. */
  private counted(results: Results, length: number): Results {
    const release = () => {
      if (this.open.delete(counted)) this.keptLength -= length;
    };
    const counted: Results = {
      async next() {
        try {
          const result = await results.next();
          if (result.done) release();
          return result;
        } catch (error) {
          release();
          throw error;
        }
      },
      async return() {
        release();
        return results.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    this.open.add(counted);
    if (this.isStopping) void counted.return();
    return counted;
  }
}

const tooLarge = topLevelError(
  'OVERLOADED',
  'This server carries too many large subscriptions already; retry later.',
);

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
