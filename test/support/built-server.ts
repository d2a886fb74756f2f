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
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const cache = join(root, '.cache');
const dayMs = 24 * 60 * 60 * 1_000;
const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * Builds the program of the present sources apart from `dist`, which a developer may be running,
 * and answers its main file. It lies within the project, to find its packages. The same sources are
 * built once, whoever asks.
 */
export function builtServer(): string {
  const folder = join(cache, `server-${fingerprint()}`);
  if (!existsSync(folder)) build(folder);
  return join(folder, 'main.js');
}

function fingerprint(): string {
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = names.filter((name) => name.endsWith('.ts')).map((name) => join('src', name));
  const hash = createHash('sha256');
  for (const name of [...settings, ...sources.toSorted()]) {
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Another worker may build the same: the folder gets its name when it is whole, and the first one
 * stays.
 */
function build(folder: string): void {
  mkdirSync(cache, { recursive: true });
  removeOldBuilds();
  const made = mkdtempSync(join(cache, 'server-in-the-making-'));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', made], {
    cwd: root,
  });
  if (!existsSync(folder)) renameSync(made, folder);
}

/** Younger ones may be in use. */
function removeOldBuilds(): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const isOld = Date.now() - statSync(path).mtimeMs > dayMs;
    if (name.startsWith('server-') && isOld) rmSync(path, { recursive: true, force: true });
  }
}
