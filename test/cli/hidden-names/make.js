/**
 * Makes ledger.db and export.ndjson of this folder, a store with names that hide something or
 * display nothing: `node make.js BUILD`, where BUILD is the `dist` of a version that accepted such
 * names (commit 01e0888 and before). Existing files are replaced.
 */
const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const { rmSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const build = resolve(process.argv[2]);
const database = join(__dirname, 'ledger.db');
const port = 47_610;

const add = `mutation ($rows: [AddTransactionInput!]!) {
  addTransactions(input: { transactions: $rows }) { results { errors { message } } }
}`;
const spend = `mutation ($input: SpendPointsInput!) {
  spendPoints(input: $input) { errors { message } }
}`;
const day = (number) => `2020-11-${String(number).padStart(2, '0')}T14:00:00Z`;

const zeroWidthSpace = 'OAK\u200b';
const payers = [
  zeroWidthSpace,
  'OAK',
  '\u202eKAO',
  'OAK\u{e0041}',
  '\u3164',
  '\u2800',
  '\u200d',
  '\u0301',
];
const accounts = ['member', 'mem\u200bber', '\u200b', '\u{e0001}'];

make();

async function make() {
  for (const suffix of ['', '.lock', '-wal', '-shm']) rmSync(database + suffix, { force: true });
  const env = { ...process.env, DATABASE_URL: `file:${database}`, PORT: String(port) };
  const server = spawn(process.execPath, [join(build, 'main.js')], { env, stdio: 'ignore' });
  await ready();
  for (const accountId of accounts) await fill(accountId);
  server.kill('SIGTERM');
  await once(server, 'exit');
  const words = ['export', '--database', `file:${database}`, '--format', 'ndjson'];
  const exported = execFileSync(process.execPath, [join(build, 'cli', 'points.js'), ...words]);
  writeFileSync(join(__dirname, 'export.ndjson'), exported);
  for (const suffix of ['.lock', '-wal', '-shm']) rmSync(database + suffix, { force: true });
}

/** Every payer has points; the first has a balance of zero, and the second a debit. */
async function fill(accountId) {
  const rows = payers.map((payer, at) => ({
    accountId,
    payer,
    points: 100,
    timestamp: day(1 + at),
    idempotencyKey: at === 2 ? null : `grant-${at}`,
  }));
  rows.push({ accountId, payer: 'OAK', points: -30, timestamp: day(20), idempotencyKey: 'debit' });
  await ask(add, { rows });
  await ask(spend, { input: { accountId, points: 150, idempotencyKey: 'spend' } });
}

async function ready() {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function ask(query, variables) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  if (/"message"/.test(text)) throw new Error(text);
}
