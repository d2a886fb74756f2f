import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DocumentNode, type GraphQLSchema, getOperationAST } from 'graphql';
import { truncated } from '../../graphql/truncated';
import type { RequestContext } from '../request-context';
import { executeOperation, statusOf } from './execute-operation';
import type { KnownDocuments } from './known-documents';

type Variables = Readonly<Record<string, unknown>>;

interface Post {
  readonly query: string;
  readonly variables?: Variables | null;
  readonly operationName?: string | null;
}

export interface FastLaneOptions {
  readonly schema: GraphQLSchema;
  readonly documents: KnownDocuments;
}

/**
 * Executes what Apollo Server has accepted before: the same document, posted as JSON by a client
 * that reads the same types. Everything else is left to Apollo Server. It exists because Apollo's
 * way to `execute` takes longer than all the rest of a small request.
 */
export class FastLane {
  /** What Apollo Server chose to answer, by Accept header; it depends on nothing else. */
  private readonly contentTypes = new Map<string, string>();

  constructor(private readonly options: FastLaneOptions) {}

  learn(accept: string | undefined, contentType: string | undefined): void {
    if (accept === undefined || contentType === undefined) return;
    this.contentTypes.set(accept, contentType);
    const [oldest] = this.contentTypes.keys();
    if (this.contentTypes.size > acceptsMax) this.contentTypes.delete(oldest as string);
  }

  /** The body of the answer, or null where the request is not one for this lane. */
  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    context: RequestContext,
  ): Promise<string | null> {
    const { accept = '' } = request.headers;
    const contentType = accept === '' ? jsonType : this.contentTypeOf(accept);
    if (contentType === undefined || request.method !== 'POST' || !isPost(request.body))
      return null;
    const document = this.options.documents.get(request.body.query);
    if (document === undefined) return null;
    const result = await this.execute(document, request.body, context);
    if (result === null) return null;
    reply.code(statusOf(result, request.headers.accept)).header('content-type', contentType);
    return `${JSON.stringify(result)}\n`;
  }

  private execute(document: DocumentNode, post: Post, contextValue: RequestContext) {
    const { schema } = this.options;
    const { operationName, variables } = post;
    const operation = getOperationAST(document, operationName);
    if (!operation || operation.operation === 'subscription') return null;
    contextValue.note.operationName = operation.name ? truncated(operation.name.value) : null;
    return executeOperation({
      schema,
      document,
      operationName,
      contextValue,
      variableValues: variables,
    });
  }

  /** What is used moves behind what is not, so that odd headers drive out only each other. */
  private contentTypeOf(accept: string): string | undefined {
    const contentType = this.contentTypes.get(accept);
    if (contentType === undefined) return undefined;
    this.contentTypes.delete(accept);
    this.contentTypes.set(accept, contentType);
    return contentType;
  }
}

const acceptsMax = 100;
const jsonType = 'application/json; charset=utf-8';

function isPost(body: unknown): body is Post {
  if (!isObject(body)) return false;
  const { query, variables, operationName, extensions } = body;
  return (
    typeof query === 'string' &&
    (variables == null || isObject(variables)) &&
    (operationName == null || typeof operationName === 'string') &&
    (extensions == null || (isObject(extensions) && !('persistedQuery' in extensions)))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
