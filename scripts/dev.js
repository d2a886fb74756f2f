/**
 * `npm run dev`: the server, restarted when its compiled sources change, and the console with hot
 * reload at http://127.0.0.1:5173, which passes requests on to the server.
 */
const { spawn, spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');
const tsc = join(root, 'node_modules/typescript/bin/tsc');

const { status } = spawnSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(1);

const children = [
  start(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput']),
  start(process.execPath, ['--watch', '--watch-preserve-output', 'dist/main.js']),
  start('npm', ['run', 'dev:web']),
];

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopAll(signal));

/** Starts a command. When one command ends, the others are ended too. */
function start(command, words) {
  const child = spawn(command, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  child.once('exit', () => stopAll('SIGTERM'));
  return child;
}

function stopAll(signal) {
  for (const child of children) child.kill(signal);
}
