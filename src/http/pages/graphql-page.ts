import type { FastifyRequest } from 'fastify';
import { acceptsHtml } from '../accept';
import type { HttpResponse } from '../http-response';
import { htmlPage, textPage } from './page';

/** True if a browser opens /graphql in a tab; programs do not ask for HTML, or send a header. */
export function opensInBrowser({ method, headers }: FastifyRequest): boolean {
  return (
    method === 'GET' &&
    acceptsHtml(headers.accept) &&
    !headers['apollo-require-preflight'] &&
    !headers['x-apollo-operation-name']
  );
}

/** Returns a page that links to the playground. A query in the URL is not executed. */
export function graphqlPage({ query }: FastifyRequest): HttpResponse {
  const hasQuery = (query as Record<string, unknown>).query !== undefined;
  const response = htmlPage(page, "default-src 'none'", 'no-store');
  return { ...response, status: hasQuery ? 400 : 200 };
}

const page = textPage(
  'GraphQL · Points ledger',
  `<p>This is the address of the GraphQL API, which is for programs.</p>
<ul>
<li>The <a href="/playground">playground</a> shows the schema and runs operations.</li>
<li>The <a href="/">console</a> shows accounts and imports files.</li>
<li>Programs send <code>POST /graphql</code> with <code>Content-Type: application/json</code>, or
queries by <code>GET</code> with the header <code>apollo-require-preflight: 1</code>.</li>
</ul>
<p>A query in the address bar is not executed: other sites could make a browser send it.</p>`,
);
