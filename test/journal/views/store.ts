import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { Client, types } from 'pg';
import type { Journal } from '../../../src/journal/journal';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { isElsewhere, useFreshDatabases } from '../../support/fresh-databases';
import { temporaryFolder } from '../../support/temporary-folder';

export type Row = Readonly<Record<string, string | number | null>>;

/** A store with a journal, and a separate connection like an accountant's. */
export interface ViewStore {
  readonly journal: Journal;
  /**
   * Returns the rows of a statement in one form for both stores: instants as the API writes them.
   */
  query(statement: string): Promise<Row[]>;
  /** Returns the names of a view's columns, in order. */
  columnsOf(view: string): Promise<string[]>;
  /** Runs statements that write. */
  write(statements: string): Promise<void>;
}

export type StoreKind = 'SQLite' | 'PostgreSQL';

/** Returns the stores on which a suite runs: a suite of another kind of server repeats no file. */
export function storeKinds(): readonly StoreKind[] {
  return isElsewhere() ? ['PostgreSQL'] : ['SQLite', 'PostgreSQL'];
}

/** Quotes a text for SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Makes a store for the tests of the enclosing block, and removes it afterwards. */
export function useViewStore(kind: StoreKind): () => ViewStore {
  let store: (ViewStore & { dispose(): Promise<void> }) | null = null;
  afterAll(() => store?.dispose());
  const fresh = kind === 'PostgreSQL' ? useFreshDatabases() : null;
  beforeAll(async () => {
    store = fresh === null ? await sqliteStore() : await openPostgresStore(await fresh());
  });
  return () => {
    if (store === null) throw new Error('There is a store only while tests run.');
    return store;
  };
}

async function sqliteStore() {
  const folder = temporaryFolder('views');
  const path = join(folder, 'ledger.db');
  const journal = await SqliteJournal.open(path);
  const reader = new Database(`${pathToFileURL(path).href}?mode=ro`);
  return {
    journal,
    query: async (statement: string) => reader.prepare(statement).all() as Row[],
    async columnsOf(view: string) {
      const rows = reader.prepare(`SELECT name FROM pragma_table_info('${view}')`).all();
      return (rows as { readonly name: string }[]).map(({ name }) => name);
    },
    async write(statements: string) {
      const writer = new Database(path);
      writer.exec(statements);
      writer.close();
    },
    async dispose() {
      reader.close();
      await journal.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Opens a store on a database of PostgreSQL. */
export async function openPostgresStore(connectionString: string) {
  const journal = await PostgresJournal.open(connectionString);
  const reader = new Client({ connectionString, types: { getTypeParser: parserOf } });
  await reader.connect();
  // The time zone of an accountant's session may differ from UTC: no result may depend on it.
  await reader.query("SET TIME ZONE 'Asia/Kolkata'");
  return {
    journal,
    query: async (statement: string) => (await reader.query(statement)).rows as Row[],
    async columnsOf(view: string) {
      const { fields } = await reader.query(`SELECT * FROM ${view} LIMIT 0`);
      return fields.map(({ name }) => name);
    },
    async write(statements: string) {
      await reader.query(statements);
    },
    async dispose() {
      await reader.end();
      await journal.close();
    },
  };
}

/** Parses integers as numbers, and instants as the API writes them. */
function parserOf(type: number) {
  const text = types.getTypeParser(type) as (value: string) => unknown;
  switch (type) {
    case types.builtins.INT8:
    case types.builtins.NUMERIC:
      return Number;
    case types.builtins.TIMESTAMPTZ:
      return (value: string) => {
        if (/\.\d{4}/.test(value))
          throw new Error(`${value} is not a whole number of milliseconds`);
        return (text(value) as Date).toISOString();
      };
    default:
      return text;
  }
}
