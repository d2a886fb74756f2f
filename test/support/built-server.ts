import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ensureCompiled } from './compile-cache';

const root = resolve(__dirname, '../..');
const cache = join(root, '.cache');
const dayMs = 24 * 60 * 60 * 1_000;
const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const folders = ['src', 'web'];

/**
 * Builds the program and its console from the current sources, outside `dist`, which a developer
 * may be running, and returns its main file. It is within the project, to find its packages. The
 * same sources are built once for all callers.
 */
export function builtServer(): string {
  builtFolder ??= ensureBuilt();
  return join(builtFolder, 'main.js');
}

/** Cached per test file: reading all sources at each start of a process would add up. */
let builtFolder: string | null = null;

function ensureBuilt(): string {
  const folder = join(cache, `server-${fingerprint()}`);
  if (!existsSync(folder)) build(folder);
  ensureCompiled(folder);
  return folder;
}

function fingerprint(): string {
  const sources = folders.flatMap(filesOf);
  const hash = createHash('sha256');
  for (const name of [...settings, ...sources.toSorted()]) {
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}

/**
 * Builds into a folder that gets its name when it is complete: another worker may build the same
 * sources, and the first one to rename wins.
 */
function build(folder: string): void {
  mkdirSync(cache, { recursive: true });
  removeOldBuilds();
  const made = mkdtempSync(join(cache, 'server-in-the-making-'));
  runTool('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', made);
  runTool('vite/bin/vite.js', 'build', 'web', '--outDir', join(made, 'web'), '--logLevel', 'warn');
  if (existsSync(folder)) rmSync(made, { recursive: true });
  else renameSync(made, folder);
}

function runTool(path: string, ...words: string[]): void {
  execFileSync(process.execPath, [join(root, 'node_modules', path), ...words], { cwd: root });
}

/** Removes old builds; younger ones may be in use. */
function removeOldBuilds(): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const isOld = Date.now() - statSync(path).mtimeMs > dayMs;
    if (name.startsWith('server-') && isOld) rmSync(path, { recursive: true, force: true });
  }
}
