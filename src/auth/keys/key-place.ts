import type { PostgresSession, Row } from '../../journal/postgres/session';
import { OperatorError } from '../../operator-error';

/**
 * The keys of a ledger are in the schema of its tables, or where these will be created. Another
 * schema of `search_path` may hold another ledger with its own keys.
 */
const findTable = `
SELECT quote_ident(place.schema), to_regclass(quote_ident(place.schema) || '.api_key') IS NOT NULL,
  (SELECT quote_ident(nspname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE pg_class.oid = to_regclass('api_key')),
  ARRAY(SELECT quote_ident(nspname) || '.api_key'
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relname = 'api_key' AND relkind IN ('r', 'p', 'v', 'm', 'f')
      AND nspname = ANY (current_schemas(false)) AND nspname <> place.schema
    ORDER BY nspname)
FROM (SELECT coalesce(
  (SELECT nspname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE pg_class.oid = to_regclass('schema_version')), current_schema()) AS schema) AS place`;

/** Where the keys are; names are quoted for SQL. */
export interface KeyPlace {
  /** Null if no schema of `search_path` exists. */
  readonly schema: string | null;
  readonly table: string;
  readonly exists: boolean;
  /** The schema of the table `api_key` that an unqualified name means; null if there is none. */
  readonly visibleIn: string | null;
  /** Those of other schemas of `search_path`. */
  readonly otherTables: readonly string[];
}

export async function placeOf(session: PostgresSession): Promise<KeyPlace> {
  const [row] = await session.rows({ text: findTable });
  const [schema, exists, visibleIn, others] = row as [string | null, boolean | null, ...Row];
  return {
    schema,
    table: schema === null ? 'api_key' : `${schema}.api_key`,
    exists: exists === true,
    visibleIn: visibleIn as string | null,
    otherTables: others as readonly string[],
  };
}

/**
 * @throws OperatorError if only another schema has the table: a server that took it for none would
 *   accept every request.
 */
export function hasTable({ exists, schema, visibleIn }: KeyPlace): boolean {
  if (exists || visibleIn === null) return exists;
  throw new OperatorError(
    'store',
    `The ledger's tables belong in the schema ${schema}, and the table of keys, api_key, is in ` +
      `${visibleIn}. If its keys are of this ledger, run ALTER TABLE ${visibleIn}.api_key SET ` +
      `SCHEMA ${schema}; otherwise take ${visibleIn} off search_path, or let \`points keys create\` ` +
      `make a table in ${schema}.`,
  );
}
