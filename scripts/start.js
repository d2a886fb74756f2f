/** `npm start`: builds what is not built or is older than its sources, then is the server, in this very process. */
const { spawnSync } = require('node:child_process');
const { readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const entry = join(root, 'dist/main.js');
const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

if (builtAt() < changedAt()) build();
require(entry);

function builtAt() {
  return statSync(entry, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Folders count too: their time changes when a file goes. */
function changedAt() {
  const sources = readdirSync(join(root, 'src'), { recursive: true });
  const paths = [...settings, 'src', ...sources.map((name) => join('src', name))];
  return Math.max(...paths.map((path) => statSync(join(root, path)).mtimeMs));
}

/** A build that finds errors writes nothing, so that the next start builds again. */
function build() {
  console.log('Building: dist is missing or older than src.');
  const compiler = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  const arguments_ = [compiler, '-p', 'tsconfig.build.json', '--noEmitOnError'];
  const { status } = spawnSync(process.execPath, arguments_, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
  require('./make-executable');
}
