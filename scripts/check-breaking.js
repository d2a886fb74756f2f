/**
 * Names what changed in schema.graphql against a commit: breaking changes fail, dangerous ones are
 * only told. `node scripts/check-breaking.js [BASE]`, BASE being a commit, HEAD where none is
 * given.
 */
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { buildSchema, findBreakingChanges, findDangerousChanges } = require('graphql');

const root = join(__dirname, '..');
const base = process.argv[2] ?? 'HEAD';
const committed = readCommitted(base);

if (committed === null) {
  console.log(`schema.graphql: nothing at ${base} to compare with.`);
} else {
  compare(buildSchema(committed), buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8')));
}

/** Null outside a repository, as in a package, and where the commit has no such file yet. */
function readCommitted(commit) {
  const isNamed = process.argv[2] !== undefined;
  if (isNamed && git('rev-parse', '--verify', `${commit}^{commit}`) === null) {
    console.error(`There is no commit ${commit} here: fetch it, or name another.`);
    process.exit(1);
  }
  return git('show', `${commit}:./schema.graphql`);
}

function git(...args) {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio });
  } catch {
    return null;
  }
}

function compare(before, after) {
  const breaking = findBreakingChanges(before, after);
  const dangerous = findDangerousChanges(before, after);
  for (const { description } of dangerous) console.log(`dangerous: ${description}`);
  for (const { description } of breaking) console.error(`breaking: ${description}`);
  if (breaking.length > 0) process.exitCode = 1;
  else console.log(`schema.graphql: no breaking change against ${base}.`);
}
