import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { type ASTNode, visit } from 'graphql';

/** Lines of a document up to which its errors have locations. */
const linesMax = 500;

/**
 * Leaves errors without locations where a document is mostly line breaks: graphql-js counts the
 * lines before each place of each error, and there are thousands of places in one.
 */
export const locationPlugin: ApolloServerPlugin = {
  requestDidStart: async () => ({
    async parsingDidStart(request: GraphQLRequestContext<object>) {
      return async (error?: Error) => {
        const { document, source } = request;
        if (error !== undefined || document === undefined || !hasManyLines(source)) return;
        visit(document, { enter: dropLocation });
      };
    },
  }),
};

function hasManyLines(source: string | undefined): boolean {
  const lines = /(?:\r\n|[\n\r])/g;
  for (let line = 0; line < linesMax; line += 1) {
    if (source === undefined || !lines.test(source)) return false;
  }
  return true;
}

function dropLocation(node: ASTNode): void {
  delete (node as { loc?: ASTNode['loc'] }).loc;
}
