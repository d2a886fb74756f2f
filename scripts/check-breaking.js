/**
 * Names what changed in schema.graphql against a commit: breaking changes fail, dangerous ones are
 * only told. `node scripts/check-breaking.js [BASE]`. Without BASE it is the last committed version
 * that differs from the file, so that a clean checkout is compared too; a breaking change that is
 * meant says "BREAKING CHANGE" in the message of its commit.
 */
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { buildSchema, findBreakingChanges, findDangerousChanges } = require('graphql');

const root = join(__dirname, '..');
const current = readFileSync(join(root, 'schema.graphql'), 'utf8');
const base = process.argv[2] ?? lastOther() ?? 'HEAD';
const committed = readCommitted(base);

if (committed === null) {
  console.log(`schema.graphql: nothing at ${base} to compare with.`);
} else {
  compare(buildSchema(committed), buildSchema(current));
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

function lastOther() {
  const commits = git('log', '--format=%H', '--', 'schema.graphql')?.trim().split('\n') ?? [];
  return commits.find((commit) => git('show', `${commit}:./schema.graphql`) !== current);
}

function isMeant() {
  const messages = git('log', '--format=%B', `${base}..HEAD`, '--', 'schema.graphql') ?? '';
  return messages.includes('BREAKING CHANGE');
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
  if (breaking.length > 0 && !isMeant()) process.exitCode = 1;
  if (breaking.length === 0) console.log(`schema.graphql: no breaking change against ${base}.`);
}
