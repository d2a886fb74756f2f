import { KeyRing } from '../../src/auth/keys/key-ring';
import { KeyTable } from '../../src/auth/keys/key-table';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { OperatorError } from '../../src/operator-error';
import { points } from '../cli/points';
import { recordingLogger } from '../service/recording-logger';
import { usePostgres } from '../support/postgres-server';
import { newKey } from './key-records';

const postgres = usePostgres();
let made = 0;

/** The addresses of a new database: of each of two schemas alone, and of a path over both. */
async function twoSchemas() {
  const database = `key_schemas_${++made}`;
  const url = await postgres().createDatabase(database);
  await postgres().query('CREATE SCHEMA "Points"', database);
  const at = (path: string) => `${url}?options=${encodeURIComponent(`-c search_path=${path}`)}`;
  const [own, common, both] = [at('"Points"'), at('public'), at('"Points",public')];
  return { database, own, common, both };
}

const openLedger = async (url: string) => (await PostgresJournal.open(url)).close();

async function withKeys<Result>(url: string, call: (keys: KeyTable) => Promise<Result>) {
  const keys = new KeyTable(url);
  try {
    return await call(keys);
  } finally {
    await keys.close();
  }
}

const create = (url: string, name: string) =>
  withKeys(url, (keys) => keys.create(newKey(name).record));
const names = (url: string) =>
  withKeys(url, async (keys) => (await keys.read()).records.map(({ name }) => name));

const schemasOfKeys = (database: string) =>
  postgres().query(
    "SELECT relnamespace::regnamespace::text AS schema FROM pg_class WHERE relname = 'api_key'",
    database,
  );

test('the keys are created in the schema of the ledger, whichever of search_path it is', async () => {
  for (const place of ['own', 'common'] as const) {
    const urls = await twoSchemas();
    await openLedger(urls[place]);
    expect(await create(urls.both, 'app')).toBe(true);
    const schema = place === 'own' ? '"Points"' : 'public';
    expect(await schemasOfKeys(urls.database)).toEqual([{ schema }]);
    expect(await names(urls[place])).toEqual(['app']);
    expect(await withKeys(urls.both, (keys) => keys.revoke('app', 1))).toBe(true);
  }
});

test('two ledgers of a database have their own keys, also if one path names both', async () => {
  const { own, common, both } = await twoSchemas();
  await openLedger(common);
  await create(common, 'other');
  await openLedger(own);
  await create(both, 'app');
  expect(await names(both)).toEqual(['app']);
  expect(await names(own)).toEqual(['app']);
  expect(await names(common)).toEqual(['other']);
});

test.each([
  ['own', 'common', '"Points"', 'public'],
  ['common', 'own', 'public', '"Points"'],
] as const)(
  'a table of keys in another schema than the ledger (%s, %s) is refused, not taken for none',
  async (ledger, other, schema, foreign) => {
    const urls = await twoSchemas();
    await create(urls[other], 'stray');
    await openLedger(urls[ledger]);
    await expect(names(urls.both)).rejects.toThrow(OperatorError);
    const listed = await points(['keys', 'list', '--database', urls.both]);
    expect(listed).toMatchObject({ code: 3, out: '' });
    const statement = `ALTER TABLE ${foreign}.api_key SET SCHEMA ${schema}`;
    expect(listed.errors).toContain(statement);
    await postgres().query(statement, urls.database);
    expect(await names(urls.both)).toEqual(['stray']);
  },
);

test('a server logs once which of two tables of keys it reads', async () => {
  const { own, common, both } = await twoSchemas();
  const { lines, logger } = recordingLogger();
  const ring = new KeyRing(new KeyTable(both), { logger });
  const read = () => Promise.resolve(ring.authenticate(newKey('unknown').text)).catch(() => {});
  await openLedger(own);
  await create(own, 'app');
  await ring.start();
  await read();
  expect(lines).toEqual([]);
  await openLedger(common);
  await create(common, 'other');
  await read();
  await read();
  await ring.stop();
  expect(lines).toEqual([
    {
      level: 'warn',
      fields: { read: '"Points".api_key', ignored: ['public.api_key'] },
      message: expect.stringContaining('only that beside the ledger'),
    },
  ]);
});

test('the role of a server may read keys in a schema that is not its first', async () => {
  const { database, common, both } = await twoSchemas();
  await openLedger(common);
  await postgres().query(
    'CREATE ROLE second_schema LOGIN; GRANT INSERT, SELECT ON entry TO second_schema; GRANT SELECT ON schema_version TO second_schema; GRANT USAGE ON SCHEMA "Points" TO second_schema',
    database,
  );
  await create(both, 'app');
  expect(await names(both.replace('postgres@', 'second_schema@'))).toEqual(['app']);
});
