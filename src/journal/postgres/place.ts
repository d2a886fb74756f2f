import { OperatorError } from '../../operator-error';
import { migrations, versionTable } from './migrations';
import { missingRights, nothingFound } from './rights';
import type { PostgresSession } from './session';

/** What `search_path` finds of a ledger. */
type FoundPlace = 'ledger' | 'creatable';

/** The objects that the migrations create. */
const names = namesIn([versionTable, ...migrations].join('\n'));

/**
 * One statement: between two, another process may create the tables, which then would look like
 * those of another program.
 */
const selectPlace = `
  WITH place AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = current_schema())
  SELECT to_regclass('schema_version') IS NOT NULL, current_schema(),
    current_setting('search_path'), has_schema_privilege(current_schema(), 'CREATE'),
    ARRAY(
      SELECT place.nspname || '.' || name FROM place, unnest($1::text[]) AS name
      WHERE EXISTS (SELECT FROM pg_class WHERE relname = name AND relnamespace = place.oid)
        OR EXISTS (SELECT FROM pg_type WHERE typname = name AND typnamespace = place.oid))`;

/**
 * Finds the ledger's tables, or checks that a server could create them. Reads catalogs only, so
 * that a command says the same as the server that would create them.
 * @throws OperatorError if another program's objects or missing rights prevent it.
 */
export async function findPlace(session: PostgresSession): Promise<FoundPlace> {
  const [row] = await session.rows({ text: selectPlace, values: [names] });
  const [exists, schema, path, mayCreate] = row!;
  const taken = row![4] as readonly string[];
  if (exists) {
    await checkVersionTable(session);
    await checkNotHidden(session, path as string);
    return 'ledger';
  }
  if (schema === null) throw await noSchema(session, path as string);
  if (taken.length > 0) throw foreignObjects(taken.join(', '));
  if (!mayCreate) throw missingRights(`it lacks CREATE on the schema ${schema}`, nothingFound);
  return 'creatable';
}

/** Returns the error for objects of another program, wherever they were noticed. */
export function foreignObjects(finding: string): OperatorError {
  return new OperatorError(
    'store',
    `Another program's objects have the names of the ledger's tables: ${finding}. Use a separate ` +
      'database or schema.',
  );
}

function namesIn(sql: string): string[] {
  const created = /CREATE (?:OR REPLACE )?(?:UNIQUE )?(?:TABLE|VIEW|INDEX) (\w+)/g;
  return [...new Set([...sql.matchAll(created)].map(([, name]) => name!))];
}

/** @throws OperatorError if the table that has the version of a ledger is another program's. */
async function checkVersionTable(session: PostgresSession): Promise<void> {
  const columns = await session.rows({
    text: `
      SELECT 1 FROM pg_attribute
      WHERE attrelid = to_regclass('schema_version') AND attname = 'version'
        AND atttypid = 'integer'::regtype AND NOT attisdropped`,
  });
  if (columns.length === 0) throw foreignObjects('schema_version');
}

/** Lists the names of the ledger's tables that mean an object of a schema before the ledger's. */
const selectHidden = `
  WITH place AS (
    SELECT relname, nspname, array_position(current_schemas(false), nspname) AS position
    FROM unnest($1::text[]) AS name JOIN pg_class ON pg_class.oid = to_regclass(name)
    JOIN pg_namespace ON pg_namespace.oid = relnamespace)
  SELECT place.nspname || '.' || place.relname, ledger.nspname
  FROM place JOIN place AS ledger ON ledger.relname = 'schema_version'
  WHERE place.position < ledger.position ORDER BY 1`;

/** @throws OperatorError if other objects hide tables of the ledger. */
async function checkNotHidden(session: PostgresSession, path: string): Promise<void> {
  const hidden = await session.rows({ text: selectHidden, values: [names] });
  if (hidden.length === 0) return;
  const found = hidden.map(([name]) => name).join(', ');
  throw new OperatorError(
    'store',
    `Other objects hide the ledger's tables in the schema ${hidden[0]![1]}: ${found}. Put that ` +
      `schema first in search_path, which is ${path}.`,
  );
}

/** Returns why there is no current schema: none of `search_path` exists, or none may be used. */
async function noSchema(session: PostgresSession, path: string): Promise<OperatorError> {
  const rows = await session.rows({
    text: `
      SELECT quote_ident(nspname), EXISTS (
        SELECT FROM pg_class WHERE relname = 'schema_version' AND relnamespace = pg_namespace.oid)
      FROM pg_namespace WHERE nspname = ANY (
        SELECT CASE name WHEN '$user' THEN current_user ELSE name END
        FROM unnest($1::text[]) AS name)`,
    values: [schemasIn(path)],
  });
  if (rows.length > 0) return unusableSchema(rows as readonly [string, boolean][]);
  return new OperatorError(
    'store',
    `search_path is ${path === '' ? 'empty' : path}, and no schema of it exists. Create the schema ` +
      'with CREATE SCHEMA, or set search_path to one that exists, such as with ALTER DATABASE.',
  );
}

/** @param schemas those of `search_path`, and whether they hold a ledger. */
function unusableSchema(schemas: readonly [string, boolean][]): OperatorError {
  const [name, hasLedger] = schemas.find(([, holds]) => holds) ?? schemas[0]!;
  const reason = `it lacks USAGE on the schema ${name}`;
  return missingRights(reason, { ...nothingFound, schema: name, isComplete: hasLedger });
}

/** Returns the schemas that a search_path names, which is a list of identifiers. */
function schemasIn(path: string): string[] {
  const words = path.match(/"(?:[^"]|"")*"|[^\s,"]+/g) ?? [];
  return words.map((word) =>
    word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word,
  );
}
