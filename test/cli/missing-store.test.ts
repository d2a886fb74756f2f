import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Database from 'libsql';
import { usePostgres } from '../support/postgres-server';
import { temporaryFolder } from '../support/temporary-folder';
import { points } from './points';

const postgres = usePostgres();

/** How a ledger is named, and what creates one. */
const advice = /--database or DATABASE_URL.*`npm start`.*`points restore`/;

/** What may be at a path instead of a ledger, and what commands say of it. */
const foreign: [string, (path: string) => void, RegExp][] = [
  [
    'a text',
    (path) => writeFileSync(path, 'no ledger'),
    /place is not a SQLite database\..* name a /,
  ],
  ['an empty file', (path) => writeFileSync(path, ''), /place is empty.*Name one with --database/],
  ['a folder', (path) => mkdirSync(path), /place is a folder\. Name a file in it/],
  ['a database of another program', makeDatabase, /of another program\..* name a ledger/],
  [
    'a link to nothing',
    (path) => symlinkSync(`${path}.db`, path),
    /that does not exist\. Name the/,
  ],
];

function makeDatabase(path: string): void {
  const database = new Database(path);
  database.exec('CREATE TABLE other (x)');
  database.close();
}

/** Returns the files of a folder with what they hold. */
function contentOf(folder: string): unknown[] {
  return readdirSync(folder, { withFileTypes: true }).map((each) => {
    const text = each.isFile() ? readFileSync(join(folder, each.name), 'latin1') : null;
    return [each.name, text];
  });
}

const commands: readonly (readonly string[])[] = [
  ['keys', 'list'],
  ['keys', 'list', '--json'],
  ['keys', 'revoke', 'shop'],
  ['digests'],
  ['verify'],
  ['export'],
  ['sweep'],
];

describe.each(commands.map((words) => [words.join(' '), words] as const))(
  'points %s',
  (_, command) => {
    const run = (database: string) => points([...command, '--database', database]);

    test('fails on a file that does not exist, says where and what to do, and creates nothing', async () => {
      const folder = temporaryFolder('missing');
      const paths = ['ledgr.db', join('dat', 'ledger.db')].map((path) => join(folder, path));
      const forms = paths.flatMap((path) => [path, relative(process.cwd(), path)]);
      for (const path of forms) {
        const ran = await run(`file:${path}`);
        expect(ran).toMatchObject({ code: 3, out: '' });
        expect(ran.errors).toMatch(/^points: There is no ledger at \/.*ledge?r\.db[.,][^\n]*\n$/);
        expect(ran.errors).toMatch(advice);
      }
      const bare = await run(paths[0]);
      expect(bare).toMatchObject({ code: 2, out: '' });
      expect(bare.errors).toContain('--database');
      expect(readdirSync(folder)).toEqual([]);
    });

    test.each(foreign)(
      'fails on %s, says what is right, and changes nothing',
      async (_what, make, message) => {
        const folder = temporaryFolder('missing');
        const path = join(folder, 'place');
        make(path);
        const before = contentOf(folder);
        const ran = await run(`file:${path}`);
        expect(ran).toMatchObject({ code: 3, out: '' });
        expect(ran.errors).toMatch(message);
        expect(contentOf(folder)).toEqual(before);
      },
    );

    test('fails on a PostgreSQL database without the tables, and creates none', async () => {
      const name = `missing_${command.join('_').replaceAll('-', '')}`;
      const ran = await run(await postgres().createDatabase(name));
      expect(ran).toMatchObject({ code: 3, out: '' });
      expect(ran.errors).toMatch(/^points: The database holds no ledger.*\n$/);
      expect(ran.errors).toMatch(advice);
      const tables = await postgres().query(
        "SELECT count(*)::int AS count FROM pg_class WHERE relnamespace = 'public'::regnamespace",
        name,
      );
      expect(tables).toEqual([expect.objectContaining({ count: 0 })]);
    });
  },
);

test('keys that were created before the ledger are listed and revoked', async () => {
  const database = ['--database', `file:${join(temporaryFolder('missing'), 'ledger.db')}`];
  const words = ['keys', 'create', '--name', 'shop', '--scope', 'points:read', ...database];
  expect(await points(words)).toMatchObject({ code: 0 });
  expect((await points(['keys', 'list', ...database])).out).toContain('"shop"');
  expect(await points(['keys', 'revoke', 'shop', ...database])).toMatchObject({ code: 0 });
});
