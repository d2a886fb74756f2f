import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const cache = join(root, '.cache');
/** Entries have had digests since the commit that added this file. */
const firstOfFormat2 = 'src/digest/entry-digest.ts';
const archived = ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * Returns the last commit whose entries are of format 1; null if the history does not reach back to
 * it, as in a shallow clone or a package of the sources.
 */
export function commitOfFormat1(): string | null {
  try {
    const added = git('log', '--diff-filter=A', '--format=%H', '--', firstOfFormat2).trim();
    const first = added.split('\n').at(-1);
    return git('rev-parse', '--verify', '--quiet', `${first}^{commit}^`).trim();
  } catch {
    return null;
  }
}

/**
 * Builds the server of a commit, without its console, with the packages of today, and returns its
 * main file. It is built once, within the project, to find its packages.
 */
export function olderServer(commit: string): string {
  // `built-server.ts` removes old builds of this name.
  const folder = join(cache, `server-of-${commit.slice(0, 16)}`);
  if (!existsSync(folder)) build(commit, folder);
  return join(folder, 'dist', 'main.js');
}

function build(commit: string, folder: string): void {
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, 'server-in-the-making-'));
  const archive = execFileSync('git', ['archive', commit, ...archived], {
    cwd: root,
    maxBuffer: 100 * 1024 * 1024,
  });
  execFileSync('tar', ['-x', '-C', made], { input: archive });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: made });
  if (existsSync(folder)) rmSync(made, { recursive: true });
  else renameSync(made, folder);
}

function git(...words: string[]): string {
  return execFileSync('git', words, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
