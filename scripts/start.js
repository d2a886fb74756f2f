/**
 * `npm start`: builds what is missing or older than its sources, then runs the server in this
 * process.
 */
const { spawnSync } = require('node:child_process');
const { readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { consoleSources } = require('./console-sources');

const root = join(__dirname, '..');
const entry = join(root, 'dist/main.js');
// The compiler and the bundler are dependencies of this workspace, not of the server.
const tools = join(root, 'web');
const packages = ['package.json', 'package-lock.json', 'tsconfig.json'];

const server = {
  name: 'the server',
  built: entry,
  sources: [...packages, 'tsconfig.build.json', 'src'],
  command: ['typescript/package.json', 'bin/tsc', '-p', 'tsconfig.build.json', '--noEmitOnError'],
  finish: () => require('./make-executable'),
};
const webConsole = {
  name: 'the console',
  built: join(root, 'dist/web/index.html'),
  sources: [...packages, ...consoleSources],
  command: ['vite/package.json', 'bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
};

for (const part of [server, webConsole]) {
  if (builtAt(part) < changedAt(part)) build(part);
}
require(entry);

function builtAt({ built }) {
  return statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Includes folders: their time changes when a file is removed. */
function changedAt({ sources }) {
  const paths = sources.map((name) => join(root, name)).flatMap(withContents);
  return Math.max(...paths.map((path) => statSync(path).mtimeMs));
}

function withContents(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return [path, ...readdirSync(path, { recursive: true }).map((name) => join(path, name))];
}

/** Builds. A build with errors writes nothing, so the next start builds again. */
function build({ name, command: [manifest, program, ...words], finish }) {
  console.log(`Building ${name}: its files in dist are missing or older than its sources.`);
  const path = require.resolve(manifest, { paths: [tools] }).replace('package.json', program);
  const { status } = spawnSync(process.execPath, [path, ...words], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
  finish?.();
}
