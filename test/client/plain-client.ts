import { ApolloClient, CombinedGraphQLErrors, HttpLink } from '@apollo/client';
import type { GraphQLFormattedError } from 'graphql';
import { ledgerCache } from './examples/ledger-client';

/** Apollo Client without retries, which counts its requests. */
export class PlainClient extends ApolloClient {
  /** The status of each response, in order. */
  readonly statuses: number[];

  constructor(uri: string) {
    const statuses: number[] = [];
    const countingFetch: typeof fetch = async (...request) => {
      const response = await fetch(...request);
      statuses.push(response.status);
      return response;
    };
    super({ cache: ledgerCache(), link: new HttpLink({ uri, fetch: countingFetch }) });
    this.statuses = statuses;
  }
}

/** The top-level errors that an operation must end with. */
export async function topLevelErrors(
  operation: Promise<unknown>,
): Promise<readonly GraphQLFormattedError[]> {
  const error = await operation.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (CombinedGraphQLErrors.is(error)) return error.errors;
  throw new Error(`no top-level errors: ${error}`);
}

export async function topLevelCodes(operation: Promise<unknown>): Promise<unknown[]> {
  return (await topLevelErrors(operation)).map(({ extensions }) => extensions?.code);
}
