import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * What each layer may import of the others; `.ts` files directly in `src` are layers of their own.
 */
const allowed: Record<string, readonly string[]> = {
  ledger: [],
  telemetry: ['config'],
  config: ['operator-error', 'auth-settings', 'database-url', 'cors-origins'],
  'auth-settings': ['operator-error', 'whole-path'],
  auth: [
    'operator-error',
    'error-message',
    'is-object',
    'auth-settings',
    'database-url',
    'ledger',
    'journal',
    'telemetry',
  ],
  'database-url': ['whole-path'],
  'cors-origins': [],
  'error-codes': [],
  'operator-error': [],
  'is-object': [],
  'error-message': [],
  'whole-path': [],
  retry: [],
  ids: ['ledger'],
  digest: ['ledger'],
  journal: [
    'operator-error',
    'error-message',
    'database-url',
    'ledger',
    'ids',
    'retry',
    'config',
    'telemetry',
  ],
  service: [
    'operator-error',
    'ledger',
    'digest',
    'journal',
    'ids',
    'error-codes',
    'retry',
    'config',
    'telemetry',
  ],
  graphql: ['auth', 'service', 'ledger', 'ids', 'error-codes', 'config', 'telemetry'],
  http: [
    'auth',
    'graphql',
    'ids',
    'error-codes',
    'is-object',
    'config',
    'cors-origins',
    'telemetry',
  ],
  operations: [],
  client: ['operations'],
  import: ['ledger', 'client', 'retry', 'is-object'],
  app: [
    'operator-error',
    'auth',
    'http',
    'graphql',
    'service',
    'journal',
    'ledger',
    'ids',
    'config',
    'telemetry',
  ],
  archive: ['import', 'ids', 'digest', 'is-object', 'journal', 'ledger', 'error-message', 'retry'],
  cli: [
    'operator-error',
    'auth',
    'server',
    'archive',
    'import',
    'client',
    'operations',
    'journal',
    'service',
    'ledger',
    'error-codes',
    'error-message',
    'whole-path',
    'config',
    'telemetry',
  ],
  server: ['operator-error', 'app', 'config', 'telemetry'],
  main: ['server'],
  embed: [
    'operator-error',
    'auth',
    'ledger',
    'app',
    'http',
    'graphql',
    'service',
    'error-codes',
    'config',
    'telemetry',
  ],
  index: ['embed', 'telemetry'],
};

/** Layers without I/O: they import no package, not even of Node. */
const pure = new Set(['ledger']);

/** Layers that run in browsers too, with the packages that they may import: none needs Node. */
const portable: Record<string, readonly string[]> = {
  client: ['@noble/hashes/sha2'],
  import: ['@noble/hashes/sha2', '@noble/hashes/utils'],
};

const root = resolve(__dirname, '../../src');
const { consoleSources } = require('../../scripts/console-sources') as {
  readonly consoleSources: readonly string[];
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function layerOf(path: string): string {
  return relative(root, path).split(/[\\/]/)[0].replace(/\.ts$/, '');
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const targets = [...text.matchAll(/\b(?:from|import|require\()\s*'([^']+)'/g)].map(
    ([, to]) => to,
  );
  return targets.map((to) => ({
    file: relative(root, file),
    from: layerOf(file),
    to: to.startsWith('.') ? layerOf(resolve(dirname(file), to)) : `package ${to}`,
  }));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

const imports = sources(root).flatMap(importsOf);

test('every layer has a list of allowed imports', () => {
  const layers = new Set(sources(root).map(layerOf));
  expect([...layers].filter((layer) => !(layer in allowed))).toEqual([]);
});

test('a layer imports only the layers in its list', () => {
  const wrong = imports.filter(
    ({ from, to }) => !to.startsWith('package ') && from !== to && !allowed[from]?.includes(to),
  );
  expect(wrong).toEqual([]);
});

test('the rules import nothing from outside their folder', () => {
  const wrong = imports.filter(({ from, to }) => pure.has(from) && to !== from);
  expect(imports.some(({ from }) => from === 'ledger')).toBe(true);
  expect(wrong).toEqual([]);
});

function layersOfConsole(): Set<string> {
  const web = resolve(root, '../web/src');
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(web, name));
  const layers = files.flatMap(importsOf).map(({ to }) => to);
  return new Set(layers.filter((to) => !to.startsWith('package ') && to !== '..'));
}

test('the console imports only portable layers of the server', () => {
  const shared = new Set(['client', 'error-codes', 'import', 'ledger', 'retry']);
  expect(layersOfConsole()).toEqual(shared);
});

test('`npm start` builds the console again after a change of any layer that it is built from', () => {
  const built = layersOfConsole();
  // A set grows while it is walked: what a layer imports is walked too.
  for (const layer of built) {
    for (const { from, to } of imports) {
      if (from === layer && !to.startsWith('package ')) built.add(to);
    }
  }
  const paths = consoleSources
    .filter((path) => path !== 'web')
    .map((path) => resolve(root, '..', path));
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  expect(new Set(paths.map(layerOf))).toEqual(built);
});

test('portable layers import nothing of Node', () => {
  const wrong = imports.filter(
    ({ from, to }) => to.startsWith('package ') && portable[from]?.includes(to.slice(8)) === false,
  );
  expect(imports.some(({ from }) => from in portable)).toBe(true);
  expect(wrong).toEqual([]);
});
