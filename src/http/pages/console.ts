import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addOneByOne } from '../admission/pipelined-responses';

/** The console's own addresses; each answers the page, and the page shows what the address says. */
const addresses = ['/', '/accounts', '/accounts/*', '/entries/*', '/import'];

/**
 * `GET /`: the console, a page built beforehand and its files, served wholly from here.
 *
 * @param folder where the build put it; where there is none, a page says how to make it.
 */
export async function addConsole(fastify: FastifyInstance, folder: string): Promise<void> {
  const page = readPage(folder);
  if (page !== null) {
    await fastify.register(async (files) => {
      addOneByOne(files);
      await files.register(fastifyStatic, {
        root: join(folder, 'assets'),
        prefix: '/assets/',
        index: false,
        decorateReply: false,
        // Names hold a hash of what is in the file.
        immutable: true,
        maxAge: '365d',
        preCompressed: true,
      });
    });
  }
  const send = (request: FastifyRequest, reply: FastifyReply) =>
    reply
      .headers(pageHeaders(request.headers.host ?? ''))
      .type('text/html; charset=utf-8')
      .send(page ?? unbuiltPage);
  for (const address of addresses) fastify.get(address, send);
}

/** Read once: a page must go with the program and the files that it was built with. */
function readPage(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function pageHeaders(host: string) {
  return {
    'cache-control': 'no-cache',
    'content-security-policy': policy(host),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
}

/** Nothing is inline, and nothing comes from or goes to anywhere else. */
function policy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self'${webSockets(host)}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Older browsers do not count a WebSocket to the page's own origin as 'self'. */
function webSockets(host: string): string {
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i.test(host)
    ? ` ws://${host} wss://${host}`
    : '';
}

const unbuiltPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Points ledger</title></head>
<body>
<h1>Points ledger</h1>
<p>The console is not built. Run <code>npm run build</code> and start the server again.</p>
<p>The API answers at <code>POST /graphql</code>; there is a <a href="/playground">playground</a>.</p>
</body>
</html>
`;
