import { bucketFetch } from '../../../src/client/index';

/** Sends a request and returns the response: data, errors, or both. */
export async function routedFetch(endpoint: string, query: string, variables: object) {
  const response = await bucketFetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}
