/**
 * Writes the types of the package's exports into dist: those files only that they consist of, as
 * the compiler writes one for every source file. `npm run build:types`, after `npm run build`.
 */
const { spawnSync } = require('node:child_process');
const { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join, relative } = require('node:path');
const { exports: entries } = require('../package.json');

const root = join(__dirname, '..');
const dist = join(root, 'dist');
const all = mkdtempSync(join(tmpdir(), 'points-ledger-types-'));

compile();
const kept = new Set();
for (const { types } of Object.values(entries)) {
  if (types !== undefined) keep(join(all, relative('dist', types)));
}
for (const file of kept) cpSync(file, join(dist, relative(all, file)));
rmSync(all, { recursive: true });

function compile() {
  const tools = { paths: [join(root, 'web')] };
  const compiler = join(dirname(require.resolve('typescript/package.json', tools)), 'bin/tsc');
  const words = [compiler, '-p', 'tsconfig.types.json', '--outDir', all];
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function keep(file) {
  if (kept.has(file)) return;
  kept.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, path] of text.matchAll(/(?:from |import\()['"](\.[^'"]+)['"]/g)) {
    const target = join(dirname(file), path);
    keep(existsSync(`${target}.d.ts`) ? `${target}.d.ts` : join(target, 'index.d.ts'));
  }
}
