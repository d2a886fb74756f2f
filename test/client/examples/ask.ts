import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type GraphQLFormattedError, print } from 'graphql';

export class LedgerError extends Error {
  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super(errors.map(({ message }) => message).join('\n'));
  }
}

/** Runs an operation and answers its data; throws its top-level errors. */
export async function ask<Data, Variables>(
  endpoint: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const answer = (await response.json()) as { data: Data; errors?: GraphQLFormattedError[] };
  if (answer.errors) throw new LedgerError(answer.errors);
  return answer.data;
}
