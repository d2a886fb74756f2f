import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { type ASTNode, visit } from 'graphql';

/** Errors in a document with more lines have no locations. */
const linesMax = 500;

/**
 * Removes the locations from errors in documents that are mostly line breaks: graphql-js counts the
 * lines before each location of each error, and one error can have thousands of locations.
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
