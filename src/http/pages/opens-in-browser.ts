import type { FastifyRequest } from 'fastify';
import { acceptsHtml } from '../accept';

/** True if a browser opens an address in a tab; programs do not ask for HTML, or send a header. */
export function opensInBrowser({ method, headers }: FastifyRequest): boolean {
  return (
    method === 'GET' &&
    acceptsHtml(headers.accept) &&
    !headers['apollo-require-preflight'] &&
    !headers['x-apollo-operation-name']
  );
}
