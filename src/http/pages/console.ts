import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { addOneByOne } from '../admission/pipelined-responses';
import { handle } from '../http-response';
import { htmlPage, textPage } from './page';

/** The console's own paths. Each returns the same page, which shows what the path names. */
const paths = ['/', '/accounts', '/accounts/*', '/entries/*', '/import', '/import/'];

/**
 * Adds `GET /`: the console, which is a page and its files. Nothing is loaded from other servers.
 *
 * @param folder of the build; if it is missing, the page says how to build it.
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
        // Names contain a hash of the file.
        immutable: true,
        maxAge: '365d',
        preCompressed: true,
      });
    });
  }
  const route = handle(({ headers }) =>
    htmlPage(page ?? unbuiltPage, policy(headers.host ?? ''), 'no-cache'),
  );
  for (const path of paths) fastify.get(path, route);
}

/** Reads the page once, so that it always fits the program and the files of its build. */
function readPage(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Returns a policy without inline scripts and styles, and without other servers. */
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

/** Names the WebSockets of this server, which older browsers do not include in 'self'. */
function webSockets(host: string): string {
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i.test(host)
    ? ` ws://${host} wss://${host}`
    : '';
}

const unbuiltPage = textPage(
  'Points ledger',
  `<p>The console is not built. Run <code>npm run build</code> and restart the server.</p>
<p>The API is at <code>POST /graphql</code>; see the <a href="/playground">playground</a>.</p>`,
);
