import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The name of a cache in the folder of its build: each version of Node has its own. */
const cacheName = `compiled-by-${process.version}`;
/** From this version on, Node has a cache of compiled modules itself. */
const ownCacheSince = 22;
const hasOwnCache = Number.parseInt(process.versions.node, 10) >= ownCacheSince;

/** Compiles all modules of a build, unless this version of Node has done so. */
export function ensureCompiled(folder: string): void {
  const path = join(folder, cacheName);
  if (existsSync(path)) return;
  const env = { ...process.env, ...variables(path) };
  const words = [join(__dirname, 'load-all.js'), folder];
  execFileSync(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * Returns the variables with which a built program takes its compiled modules from the cache: a
 * server starts with 0.6 s of CPU instead of 1 s. Returns none for a program that has no cache.
 */
export function compiledProgram(main: string): Readonly<Record<string, string>> {
  const folders = [dirname(main), dirname(dirname(main))];
  const path = folders.map((folder) => join(folder, cacheName)).find((each) => existsSync(each));
  return path === undefined ? {} : variables(path);
}

function variables(path: string): Record<string, string> {
  if (hasOwnCache) return { NODE_COMPILE_CACHE: path };
  const hook = join(__dirname, 'use-compile-cache.js');
  const { NODE_OPTIONS: options = '' } = process.env;
  return { NODE_OPTIONS: `${options} --require "${hook}"`, TEST_COMPILE_CACHE: path };
}
