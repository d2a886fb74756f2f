import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { PostgresReader } from '../../../src/journal/postgres/reader';
import { silentLogger } from '../../../src/telemetry/logger';
import { byCrashRounds } from '../../support/crash-sizes';
import { usePostgres } from '../../support/postgres-server';
import { following, transaction } from '../entries';
import {
  createFirstPostgres,
  insertOfFirstFormat,
  queryEach,
  selectOfFirstFormat,
  trialOfFirstFormat,
} from '../first-format';

// `npm run test:crash` upgrades a million entries, and `.ci/run` half as many.
const accounts = byCrashRounds(30, 5_000, 10_000);
const perAccount = 100;
const isLong = accounts > 30;
jest.setTimeout(isLong ? 600_000 : 180_000);

/** Moments of the upgrade, which takes as long as there are accounts. */
const waitsMs = isLong
  ? [5, 50, 200, 500, 1_000].map((ms) => (ms * accounts) / 10_000)
  : [5, 15, 40];

const postgres = usePostgres();
const range = { from: 1, to: 1_000, order: 'ascending', limit: 1_000 } as const;

test('a database of format 1 is upgraded with all its entries, and says so in the log', async () => {
  const url = await postgres().createDatabase('first');
  await createFirstPostgres(url, accounts, perAccount);
  await expect(PostgresReader.open(url)).rejects.toThrow(
    'The database is of version 1, and this program reads version 3: start its server once',
  );
  const before = await postgres().query(selectOfFirstFormat, 'first');
  const lines: string[] = [];
  const logger = { ...silentLogger, info: (_fields: object, line: string) => lines.push(line) };
  // A call may be shorter than the upgrade.
  const limits = isLong ? { callMsMax: 500 } : {};
  const journal = await PostgresJournal.open(url, { logger, limits });
  expect(lines[0]).toBe('Upgrading the tables; writes wait');
  expect(lines.at(-1)).toBe('Ledger opened');
  expect(await postgres().query(selectOfFirstFormat, 'first')).toEqual(before);

  const entries = await journal.entries({ ...range, accountId: 'account 1' });
  expect(entries.map(({ sequence, digest }) => [sequence, digest])).toEqual(
    Array.from({ length: perAccount }, (_each, index) => [index + 1, null]),
  );
  const next = transaction('account 1', perAccount + 1, { digest: 'f'.repeat(64) });
  expect(await journal.append([following(entries.at(-1)!, next)])).toEqual(['appended']);
  expect(await journal.entries({ ...range, accountId: 'account 1', from: perAccount })).toEqual([
    entries.at(-1),
    next,
  ]);
  await journal.close();
});

test('an upgrade whose connection is lost at any moment leaves the database as it was, or upgraded', async () => {
  const url = await postgres().createDatabase('killed');
  await createFirstPostgres(url, accounts, perAccount);
  const before = await postgres().query(selectOfFirstFormat, 'killed');
  for (const waitMs of waitsMs) {
    const opening = PostgresJournal.open(url).then(
      (journal) => journal.close(),
      () => {},
    );
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    await postgres().query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity ' +
        "WHERE datname = 'killed' AND application_name = 'points-ledger'",
    );
    await opening;
    expect(await postgres().query(selectOfFirstFormat, 'killed')).toEqual(before);
  }
  const journal = await PostgresJournal.open(url);
  expect(await journal.entries({ ...range, accountId: 'account 7' })).toHaveLength(perAccount);
  await journal.close();
});

test('what an older server writes alongside fails entirely, and changes nothing', async () => {
  const url = await postgres().createDatabase('alongside');
  await createFirstPostgres(url, 2, 3);
  await (await PostgresJournal.open(url)).close();
  const inserts = [insertOfFirstFormat('account 1', 4), insertOfFirstFormat('new', 1)];
  for (const insert of [...inserts, trialOfFirstFormat]) {
    await expect(queryEach(url, [insert])).rejects.toThrow(
      'null value in column "digest" of relation "entry" violates not-null constraint',
    );
  }
  const [{ count }] = await postgres().query(
    'SELECT count(*)::int AS count FROM entry',
    'alongside',
  );
  expect(count).toBe(6);
});

test('a role that may not upgrade the tables gets the SQL, after which it serves', async () => {
  const url = await postgres().createDatabase('owned');
  await createFirstPostgres(url, 2, 3);
  await queryEach(url, [
    'DROP ROLE IF EXISTS serving',
    'CREATE ROLE serving LOGIN',
    'GRANT SELECT ON schema_version TO serving',
    'GRANT SELECT, INSERT, UPDATE, DELETE ON entry, snapshot, snapshot_part TO serving',
  ]);
  const asServing = url.replace('postgres@', 'serving@');
  const error: Error = await PostgresJournal.open(asServing).then(
    () => new Error('It was opened.'),
    (thrown) => thrown,
  );
  expect(error.message).toMatch(/^This role may not upgrade the ledger's tables: /);
  const [, sql] = /(BEGIN;[\s\S]+COMMIT;)/.exec(error.message)!;
  await queryEach(url, [sql!.replaceAll('ROLE', 'serving')]);
  const journal = await PostgresJournal.open(asServing);
  expect(await journal.entries({ ...range, accountId: 'account 1' })).toHaveLength(3);
  await journal.tryWrite();
  await journal.close();
});
