import Database from 'libsql';
import { AppendOutcomeUnknown, JournalUnavailable } from '../../../src/journal/journal-error';
import { categoryOf, portErrorOf, reasonOf } from '../../../src/journal/sqlite/errors';
import { OperatorError } from '../../../src/operator-error';

/** The type that libsql throws; its declaration lacks the constructor. */
const SqliteError = Database.SqliteError as unknown as new (
  message: string,
  code: string,
  rawCode: number,
) => Error;

function sqliteError(code: string, rawCode: number): Error {
  return new SqliteError('disk I/O error', code, rawCode);
}

const unavailable = [
  ['SQLITE_PERM', 3],
  ['SQLITE_BUSY', 5],
  ['SQLITE_BUSY_RECOVERY', 261],
  ['SQLITE_BUSY_SNAPSHOT', 517],
  ['SQLITE_LOCKED', 6],
  ['SQLITE_READONLY', 8],
  ['SQLITE_READONLY_DBMOVED', 1032],
  ['SQLITE_FULL', 13],
  ['SQLITE_CANTOPEN', 14],
  ['SQLITE_PROTOCOL', 15],
  ['SQLITE_NOLFS', 22],
  ['SQLITE_IOERR_WRITE', 778],
] as const;

const unknownAtCommit = [
  ['SQLITE_IOERR', 10],
  ['SQLITE_IOERR_READ', 266],
  ['SQLITE_IOERR_FSYNC', 1034],
  ['SQLITE_IOERR_DIR_FSYNC', 1290],
  ['SQLITE_IOERR_SHMSIZE', 4874],
  ['SQLITE_IOERR_SHMMAP', 5386],
  ['SQLITE_NOMEM', 7],
] as const;

const bugs = [
  ['SQLITE_ERROR', 1],
  ['SQLITE_INTERNAL', 2],
  ['SQLITE_ABORT', 4],
  ['SQLITE_INTERRUPT', 9],
  ['SQLITE_NOTFOUND', 12],
  ['SQLITE_EMPTY', 16],
  ['SQLITE_SCHEMA', 17],
  ['SQLITE_TOOBIG', 18],
  ['SQLITE_CONSTRAINT', 19],
  ['SQLITE_CONSTRAINT_CHECK', 275],
  ['SQLITE_CONSTRAINT_NOTNULL', 1299],
  ['UNKNOWN_SQLITE_ERROR_3091', 3091],
  ['SQLITE_MISMATCH', 20],
  ['SQLITE_MISUSE', 21],
  ['SQLITE_AUTH', 23],
  ['SQLITE_RANGE', 25],
  ['UNKNOWN_SQLITE_ERROR_99', 99],
] as const;

test.each(unavailable)('%s: not executed, now or later, in any phase', (code, rawCode) => {
  const error = sqliteError(code, rawCode);
  expect([categoryOf(error, 'open'), categoryOf(error, 'commit')]).toEqual([
    'unavailable',
    'unavailable',
  ]);
});

test.each(unknownAtCommit)('%s: unknown at a commit, not executed before it', (code, rawCode) => {
  const error = sqliteError(code, rawCode);
  expect([categoryOf(error, 'open'), categoryOf(error, 'commit')]).toEqual([
    'unavailable',
    'unknown',
  ]);
});

test.each(bugs)('%s: a bug, never treated as an outage', (code, rawCode) => {
  const error = sqliteError(code, rawCode);
  expect([categoryOf(error, 'open'), categoryOf(error, 'commit')]).toEqual(['bug', 'bug']);
  expect(portErrorOf(error, 'commit', 'ledger.db')).toBe(error);
});

test.each([
  ['SQLITE_CORRUPT', 11],
  ['SQLITE_FORMAT', 24],
  ['SQLITE_NOTADB', 26],
])('%s: the file is damaged', (code, rawCode) => {
  const error = sqliteError(code, rawCode);
  expect(categoryOf(error, 'open')).toBe('damaged');
  expect(portErrorOf(error, 'open', 'ledger.db')).toBeInstanceOf(OperatorError);
});

test.each([
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 1555],
  ['SQLITE_CONSTRAINT_UNIQUE', 2067],
])('%s: a conflict', (code, rawCode) => {
  expect(categoryOf(sqliteError(code, rawCode), 'open')).toBe('conflict');
});

test('an error that is not SQLite’s is a bug', () => {
  const error = new TypeError('undefined is not a function');
  expect(categoryOf(error, 'commit')).toBe('bug');
  expect(portErrorOf(error, 'commit', 'ledger.db')).toBe(error);
});

test('the message has the path and the reason, and the cause is kept', () => {
  const error = sqliteError('SQLITE_IOERR_FSYNC', 1034);
  const away = portErrorOf(error, 'open', '/data/ledger.db');
  expect(away).toBeInstanceOf(JournalUnavailable);
  expect(away).toMatchObject({
    message:
      '/data/ledger.db was not written or read: disk I/O error, fsync failed (SQLITE_IOERR_FSYNC).',
    cause: error,
  });
  expect(portErrorOf(error, 'commit', '/data/ledger.db')).toBeInstanceOf(AppendOutcomeUnknown);
});

test.each([
  ['a code that libsql does not name', 'UNKNOWN_SQLITE_ERROR_8714', 8714, 'SQLITE_IOERR_IN_PAGE'],
  ['a code that it names', 'SQLITE_READONLY_DBMOVED', 1032, 'SQLITE_READONLY_DBMOVED'],
  ['a primary code', 'SQLITE_FULL', 13, 'SQLITE_FULL'],
  ['a code without a name', 'UNKNOWN_SQLITE_ERROR_39434', 39_434, 'result code 39434 of SQLite'],
])('%s is said in words, with its name', (_what, code, rawCode, name) => {
  expect(reasonOf(sqliteError(code, rawCode))).toMatch(
    new RegExp(`^disk I/O error(, [a-z ]+)? \\(${name}\\)$`),
  );
});

test('no message has the name that libsql gives to a code that it does not know', () => {
  for (let rawCode = 1; rawCode < 10_000; rawCode += 1) {
    const code = `UNKNOWN_SQLITE_ERROR_${rawCode}`;
    expect(reasonOf(sqliteError(code, rawCode))).not.toContain('UNKNOWN');
  }
});
