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
import type { RequestContext } from '../request-context';
import { answerStream } from './result-stream';
import { streamRequest } from './stream-request';

export interface StreamsOptions {
  readonly schema: GraphQLSchema;
  readonly apollo: ApolloServer<RequestContext>;
  readonly documents: KnownDocuments;
  readonly limits: Limits;
  readonly logger: Logger;
}

/** A subscription as it was sent. */
export interface Subscribe {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

export type Answers = Stream<FormattedExecutionResult>;

export interface Begun {
  readonly document: DocumentNode;
  readonly answers: Answers;
}

/** Why there is no stream: errors as clients may see them. */
export interface Refused {
  readonly errors: readonly GraphQLFormattedError[];
}

/** The subscriptions of this process, whichever way they came; there is room for so many. */
export class Streams {
  private readonly open = new Set<Answers>();
  private opening = 0;
  private isStopping = false;

  constructor(private readonly options: StreamsOptions) {}

  /**
   * Judges what came without a request of HTTP's, as Apollo Server judges requests, and begins it.
   * @param requestId under which faults are logged.
   */
  async subscribe(asked: Subscribe, requestId: string): Promise<Begun | Refused> {
    const { apollo, documents, limits, logger } = this.options;
    const stream = streamRequest(true);
    const budget = new AnswerBudget(limits.answerRowsMax);
    const context: RequestContext = {
      requestId,
      logger,
      budget,
      stream,
      note: { operationName: asked.operationName ? truncated(asked.operationName) : null },
    };
    const known = documents.get(asked.query);
    if (known !== undefined && isSubscription(known, asked.operationName)) {
      return this.begin(known, asked, context);
    }
    const { query, operationName, variables } = asked;
    const request = {
      query,
      operationName: operationName ?? undefined,
      variables: variables ?? undefined,
    };
    const { body } = await apollo.executeOperation(request, { contextValue: context });
    if (stream.document !== null) return this.begin(stream.document, asked, context);
    const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
    return { errors: errors ?? [] };
  }

  /** Begins a subscription that was found right. */
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
      const answers = await answerStream({
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue,
        ...coercion,
      });
      return isRefused(answers) ? { errors: answers } : { document, answers: this.seat(answers) };
    } finally {
      this.opening -= 1;
    }
  }

  /** Begins nothing more, and ends what there is: each comes to its end as if nothing more came. */
  stop(): void {
    this.isStopping = true;
    for (const answers of [...this.open]) void answers.return();
  }

  private refusal(): GraphQLFormattedError | null {
    const { subscriptionsMax } = this.options.limits;
    if (this.isStopping) return stopping;
    if (this.open.size + this.opening < subscriptionsMax) return null;
    const message = `This server carries ${subscriptionsMax} subscriptions already; try again later.`;
    return { message, extensions: { code: 'OVERLOADED' } };
  }

  /** Counts a stream until it ends, however it does. */
  private seat(answers: Answers): Answers {
    const { open } = this;
    const seated: Answers = {
      async next() {
        try {
          const result = await answers.next();
          if (result.done) open.delete(seated);
          return result;
        } catch (error) {
          open.delete(seated);
          throw error;
        }
      },
      async return() {
        open.delete(seated);
        return answers.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    open.add(seated);
    if (this.isStopping) void seated.return();
    return seated;
  }
}

export const stopping: GraphQLFormattedError = {
  message: 'The server is stopping. Nothing was changed; try again.',
  extensions: { code: 'SERVICE_UNAVAILABLE' },
};

function isSubscription(document: DocumentNode, operationName?: string | null): boolean {
  return getOperationAST(document, operationName)?.operation === 'subscription';
}

function isRefused(
  answers: Answers | readonly GraphQLFormattedError[],
): answers is readonly GraphQLFormattedError[] {
  return Array.isArray(answers);
}
