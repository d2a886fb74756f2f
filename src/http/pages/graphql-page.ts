import type { FastifyRequest } from 'fastify';
import type { HttpResponse } from '../http-response';
import { htmlPage, textPage } from './page';

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
