/**
 * `npm run bench [SECTION …]`: builds the server and the benchmark, then runs it in this process.
 */
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');
const compiler = require
  .resolve('typescript/package.json', { paths: [join(root, 'web')] })
  .replace('package.json', 'bin/tsc');

build('tsconfig.build.json');
build('bench/tsconfig.json');
require('./dist/bench/main.js');

function build(project) {
  const arguments_ = [compiler, '-p', project, '--noEmitOnError'];
  const { status } = spawnSync(process.execPath, arguments_, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
