import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { MalformedRequest } from '../errors/malformed-request';
import { JsonFault, readJson } from '../json/read-json';

/**
 * Checks what a query string holds of JSON before Apollo Server parses it. Throws
 * {@link MalformedRequest} for too many values; what is no JSON is left to Apollo Server.
 */
export function checkQueryString(search: string, valuesMax: number): void {
  const parameters = new URLSearchParams(search);
  for (const name of ['variables', 'extensions']) {
    for (const text of parameters.getAll(name)) check(text, valuesMax);
  }
}

/** Puts the numbers of variables that came in a query string in place as they were written. */
export function queryStringPlugin(valuesMax: number): ApolloServerPlugin {
  return {
    async requestDidStart({ request }: GraphQLRequestContext<object>) {
      if (request.http?.method !== 'GET' || request.variables === undefined) return;
      const text = new URLSearchParams(request.http.search).get('variables');
      if (text === null) return;
      request.variables = readVariables(text, valuesMax) as typeof request.variables;
    },
  };
}

function check(text: string, valuesMax: number): void {
  try {
    readVariables(text, valuesMax);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    if (error.kind === 'large') throw new MalformedRequest(400, error.message);
  }
}

/** Here the object itself is among the values that are counted. */
function readVariables(text: string, valuesMax: number): unknown {
  return readJson(text, [], valuesMax + 1);
}
