import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { RenderOptions } from 'altair-static';
import type { FastifyInstance } from 'fastify';
import { addOneByOne } from '../admission/pipelined-responses';
import { handle } from '../http-response';
import { htmlPage, textPage } from './page';
import { withAccess } from './playground-access';
import { examples } from './worked-example';

const path = '/playground';
const assetsPrefix = `${path}/`;
const startScript = 'start.js';

const assetsFolder = join(dirname(require.resolve('altair-static')), 'dist');

/**
 * Adds `GET /playground`: a playground that opens on the worked example. Nothing is loaded from
 * other servers. It reads the schema by introspection; if that is off, a page says so instead.
 */
export async function addPlayground(fastify: FastifyInstance, introspection: boolean) {
  if (!introspection) {
    addPage(fastify, () => closedPage, "default-src 'none'");
    return;
  }
  let opening: Promise<Playground> | null = null;
  const playground = () => (opening ??= openPlayground());
  await fastify.register(async (files) => {
    let opened: Playground;
    addOneByOne(files);
    files.addHook('onRequest', async () => {
      opened = await playground();
    });
    await files.register(fastifyStatic, {
      root: assetsFolder,
      prefix: assetsPrefix,
      index: false,
      setHeaders(response, file) {
        response.setHeader('cache-control', 'public, max-age=3600');
        if (!opened.isFramed(file)) return;
        response.setHeader('content-security-policy', opened.framePolicy);
      },
    });
  });
  addPage(fastify, async () => (await playground()).page, policy);
  const headers = {
    'cache-control': 'no-store',
    'content-type': 'text/javascript; charset=utf-8',
  };
  fastify.get(
    assetsPrefix + startScript,
    handle(async () => ({ status: 200, headers, body: (await playground()).script })),
  );
}

function addPage(
  fastify: FastifyInstance,
  page: () => string | Promise<string>,
  contentSecurityPolicy: string,
): void {
  for (const each of [path, assetsPrefix]) {
    fastify.get(
      each,
      handle(async () => htmlPage(await page(), contentSecurityPolicy, 'no-store')),
    );
  }
}

interface Playground {
  /** Has no inline script. */
  readonly page: string;
  /** The script that starts the page. */
  readonly script: string;
  /** Returns whether a file is a frame for code that is not trusted. */
  readonly isFramed: (file: string) => boolean;
  readonly framePolicy: string;
}

/** Loads Altair, which takes 50 ms and 8 MB: at the first request of the playground. */
async function openPlayground(): Promise<Playground> {
  const altair = await import('altair-static');
  const page = altair
    .renderAltair(options)
    .replace('<title>Altair</title>', '<title>Playground · Points ledger</title>');
  const origin = "new URL('/graphql', location.origin).href";
  const start = altair
    .renderInitSnippet(options)
    .replaceAll(`\`${endpoint}\``, origin)
    .replaceAll(`\`${socket}\``, `${origin}.replace(/^http/, 'ws')`);
  return {
    page,
    script: withAccess(start),
    isFramed: altair.isSandboxFrame,
    framePolicy: altair.SANDBOX_FRAME_CSP,
  };
}

/**
 * Placeholders for the endpoints. Altair needs absolute URLs, which only the browser knows if there
 * is a proxy.
 */
const endpoint = 'the address of this server';
const socket = 'the address of its WebSockets';

const addresses = {
  endpointURL: endpoint,
  subscriptionsEndpoint: socket,
  initialSubscriptionRequestHandlerId: 'graphql-ws',
} as const;

const options: RenderOptions = {
  baseURL: assetsPrefix,
  serveInitialOptionsInSeperateRequest: startScript,
  ...addresses,
  initialWindows: examples.map(({ name, query, variables }) => ({
    initialName: name,
    ...addresses,
    initialQuery: query,
    initialVariables: JSON.stringify(variables ?? {}, null, 2),
  })),
  instanceStorageNamespace: 'points_ledger_',
  disableAccount: true,
  // Everything that would contact Altair's own servers is off.
  persistedSettings: {
    'alert.disableUpdateNotification': true,
    'banners.disable': true,
    disablePushNotification: true,
    'plugin.list': [],
    'schema.reloadOnStart': true,
  },
};

/**
 * The editor adds inline styles to the page. Scripts come from this server only; none is inline.
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

const closedPage = textPage(
  'Playground · Points ledger',
  `<p>The API is at <code>POST /graphql</code>.</p>
<p>The playground is closed, because it needs the schema and this server hides it.
To open it, start the server with <code>INTROSPECTION=on</code>.</p>
<p>The <a href="/">console</a> works without it.</p>`,
);
