import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { MalformedRequest } from '../errors/request-error';
import { JsonProblem, readJson } from '../json/read-json';

/**
 * Checks the JSON in a query string before Apollo Server parses it, and leaves invalid JSON to
 * Apollo Server.
 * @throws {@link MalformedRequest} if there are too many values.
 */
export function checkQueryString(search: string, valuesMax: number): void {
  if (search === '') return;
  const parameters = new URLSearchParams(search);
  for (const name of ['variables', 'extensions']) {
    for (const text of parameters.getAll(name)) check(text, valuesMax);
  }
}

/** Restores the numbers in the variables of a query string to the client's exact digits. */
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
    if (!(error instanceof JsonProblem)) throw error;
    if (error.kind === 'large') throw new MalformedRequest(400, error.message);
  }
}

/** Allows one value more than `valuesMax`, because the object itself is counted here. */
function readVariables(text: string, valuesMax: number): unknown {
  return readJson(text, [], valuesMax + 1);
}
