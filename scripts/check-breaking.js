/**
 * Lists what changed in schema.graphql since a commit: breaking changes fail, dangerous ones are
 * only reported. `node scripts/check-breaking.js [BASE]`. Without BASE it is the last committed
 * version that differs from the file, so that a clean checkout is compared too. An intended
 * breaking change needs "BREAKING CHANGE" in the message of its commit.
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
  console.log(`schema.graphql: no version at ${base} to compare with.`);
} else {
  compare(buildSchema(committed), buildSchema(current));
}

/** Returns null outside a repository, as in a package, and if the commit does not have the file. */
function readCommitted(commit) {
  const isNamed = process.argv[2] !== undefined;
  if (isNamed && git('rev-parse', '--verify', `${commit}^{commit}`) === null) {
    console.error(`Unknown commit ${commit}: fetch it, or name another.`);
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
