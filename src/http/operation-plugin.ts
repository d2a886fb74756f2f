import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { answerSize } from './answer-size';
import type { HttpLimits } from './http-limits';
import type { KnownDocuments } from './known-documents';
import type { RequestContext } from './request-context';

/**
 * Refuses operations whose answer could be too large, before anything is executed; notes the
 * operation's name.
 */
export function operationPlugin(
  limits: HttpLimits,
  documents: KnownDocuments,
): ApolloServerPlugin<RequestContext> {
  const listener = {
    async didResolveOperation(resolved: GraphQLRequestContextDidResolveOperation<RequestContext>) {
      const { schema, document, operation, operationName, request, contextValue } = resolved;
      contextValue.note.operationName = operationName;
      if (request.query !== undefined) documents.add(request.query, document);
      // An unknown operation name is refused later.
      if (!operation) return;
      const size = answerSize(schema, document, operation, request.variables ?? {}, limits);
      if (size > limits.answerFieldsMax) throw tooLarge(size, limits.answerFieldsMax);
    },
  };
  return { requestDidStart: async () => listener };
}

function tooLarge(size: number, most: number): GraphQLError {
  return new GraphQLError(
    `The answer could hold ${size} fields; at most ${most} are allowed. ` +
      'Ask for smaller pages, or in several requests.',
    { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
  );
}
