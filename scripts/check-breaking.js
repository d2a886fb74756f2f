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

/**
 * Null outside a repository (a package), or where the commit has no such file or is not there (a
 * shallow clone).
 */
function readCommitted(commit) {
  try {
    const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', ['show', `${commit}:./schema.graphql`], options);
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
