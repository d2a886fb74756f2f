import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { truncated } from '../../graphql/truncated';
import type { RequestContext } from '../request-context';
import type { KnownDocuments } from './known-documents';

/** Notes an operation's name for the log, and caches its document for the fast path. */
export function operationPlugin(documents: KnownDocuments): ApolloServerPlugin<RequestContext> {
  const listener = {
    async didResolveOperation(resolved: GraphQLRequestContextDidResolveOperation<RequestContext>) {
      const { document, operationName, request, contextValue } = resolved;
      contextValue.note.operationName = operationName && truncated(operationName);
      if (request.query !== undefined) documents.add(request.query, document);
    },
  };
  return { requestDidStart: async () => listener };
}
