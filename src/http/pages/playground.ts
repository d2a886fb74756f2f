import fastifyStatic from '@fastify/static';
import {
  getDistDirectory,
  isSandboxFrame,
  type RenderOptions,
  renderAltair,
  renderInitSnippet,
  SANDBOX_FRAME_CSP,
} from 'altair-static';
import type { FastifyInstance } from 'fastify';
import { addOneByOne } from '../admission/pipelined-responses';
import { examples } from './worked-example';

const address = '/playground';
const assetsPrefix = `${address}/`;
const startScript = 'start.js';

/**
 * `GET /playground`: a playground served wholly from here, which opens on the worked example. It
 * reads the schema by introspection; where that is off, a page says so instead.
 */
export async function addPlayground(fastify: FastifyInstance, introspection: boolean) {
  if (!introspection) {
    addPage(fastify, closedPage, "default-src 'none'");
    return;
  }
  const { page, script } = openPage();
  await fastify.register(async (files) => {
    addOneByOne(files);
    await files.register(fastifyStatic, {
      root: getDistDirectory(),
      prefix: assetsPrefix,
      index: false,
      setHeaders(response, path) {
        response.setHeader('cache-control', 'public, max-age=3600');
        if (isSandboxFrame(path)) response.setHeader('content-security-policy', SANDBOX_FRAME_CSP);
      },
    });
  });
  addPage(fastify, page, policy);
  fastify.get(assetsPrefix + startScript, (_request, reply) =>
    reply.header('cache-control', 'no-store').type('text/javascript').send(script),
  );
}

function addPage(fastify: FastifyInstance, page: string, contentSecurityPolicy: string): void {
  const headers = pageHeaders(contentSecurityPolicy);
  for (const path of [address, assetsPrefix]) {
    fastify.get(path, (_request, reply) => reply.headers(headers).type('text/html').send(page));
  }
}

/** The page, and what starts it: a script of its own, so that the page needs no inline script. */
function openPage(): { page: string; script: string } {
  const options: RenderOptions = {
    baseURL: assetsPrefix,
    serveInitialOptionsInSeperateRequest: startScript,
    endpointURL: endpoint,
    initialWindows: examples.map(({ name, query, variables }) => ({
      initialName: name,
      endpointURL: endpoint,
      initialQuery: query,
      initialVariables: JSON.stringify(variables ?? {}, null, 2),
    })),
    instanceStorageNamespace: 'points_ledger_',
    disableAccount: true,
    // Whatever would call home stays off.
    persistedSettings: {
      'alert.disableUpdateNotification': true,
      'banners.disable': true,
      disablePushNotification: true,
      'plugin.list': [],
      'schema.reloadOnStart': true,
    },
  };
  const page = renderAltair(options).replace(
    '<title>Altair</title>',
    '<title>Playground · Points ledger</title>',
  );
  const origin = "new URL('/graphql', location.origin).href";
  return { page, script: renderInitSnippet(options).replaceAll(`\`${endpoint}\``, origin) };
}

/** Altair wants a whole address, which only the browser knows: there may be a proxy in between. */
const endpoint = 'the address of this server';

/**
 * The editor writes styles of its own into the page; scripts come from here alone, and none is
 * inline.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function pageHeaders(contentSecurityPolicy: string) {
  return {
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
}

const closedPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Playground · Points ledger</title></head>
<body>
<h1>Points ledger</h1>
<p>The API answers at <code>POST /graphql</code>.</p>
<p>The playground is closed, because it needs the schema and this server hides it.
To open it, start the server with <code>INTROSPECTION=on</code>.</p>
<p>The <a href="/">console</a> works without it.</p>
</body>
</html>
`;
