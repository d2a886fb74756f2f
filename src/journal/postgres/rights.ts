import { OperatorError } from '../../operator-error';
import { grants } from './migrations';
import type { PostgresSession } from './session';
import { upgradeText } from './upgrade';

/** What is known of the tables when opening fails. */
export interface Found {
  /** Null if there are no tables. */
  readonly version: number | null;
  readonly isDistributed: boolean;
  /** The schema that the role may not use; undefined if it may. */
  readonly schema?: string;
  /** True if the tables exist although their version cannot be read. */
  readonly isComplete?: boolean;
}

export const nothingFound: Found = { version: null, isDistributed: false };

/** What reading a ledger takes. */
const readTables = ['schema_version', 'entry', 'lapse_row', 'snapshot', 'snapshot_part'];

/** Lists the privileges that the role lacks on existing tables. */
const selectMissing = `
  SELECT privilege || ' ON ' || name FROM unnest($1::text[], $2::text[]) AS needed (privilege, name)
  WHERE to_regclass(name) IS NOT NULL AND NOT has_table_privilege(to_regclass(name), privilege)`;

/**
 * Checks the privileges of a server at the start, instead of at the first request that needs them.
 * @throws OperatorError if one is missing.
 */
export async function checkGrants(session: PostgresSession): Promise<void> {
  const missing = await missingOf(session, pairsOf(grants));
  if (missing.length === 0) return;
  throw new OperatorError(
    'store',
    `The role lacks privileges that a server needs; it lacks ${missing.join(', ')}. ` +
      `As the tables' owner, run this, with the server's role for ROLE:\n${grants}`,
  );
}

/**
 * Checks the privileges of a command that reads.
 * @throws OperatorError if one is missing.
 */
export async function checkReadGrants(session: PostgresSession): Promise<void> {
  const missing = await missingOf(
    session,
    readTables.map((table) => ['SELECT', table]),
  );
  if (missing.length === 0) return;
  throw new OperatorError(
    'store',
    `The role lacks privileges that reading needs; it lacks ${missing.join(', ')}. ` +
      "As the tables' owner, run this, with the role for ROLE:\n\n" +
      `GRANT SELECT ON ${readTables.join(', ')} TO ROLE;\n`,
  );
}

/**
 * Returns the error for a role that may not create, read or upgrade the tables, with the SQL that
 * their owner can run.
 */
export function missingRights(reason: string, found: Found): OperatorError {
  const { version, isDistributed, schema, isComplete } = found;
  const what = version === null ? 'create or read' : 'upgrade';
  const usage = schema === undefined ? '' : `GRANT USAGE ON SCHEMA ${schema} TO ROLE;\n`;
  const sql = isComplete ? grants.trimStart() : upgradeText(version, isDistributed);
  return new OperatorError(
    'store',
    `This role may not ${what} the ledger's tables: ${reason}. ` +
      "As their owner, run this once, with the server's role for ROLE:\n\n" +
      `${usage}${sql.trimEnd()}\n`,
  );
}

type Pair = readonly [privilege: string, table: string];

/** Returns the privileges that a text of GRANT statements names. */
function pairsOf(text: string): Pair[] {
  return [...text.matchAll(/GRANT ([A-Z, ]+) ON ([a-z_, ]+) TO/g)].flatMap(
    ([, privileges, tables]) =>
      tables!
        .split(', ')
        .flatMap((table) => privileges!.split(', ').map((each): Pair => [each, table])),
  );
}

async function missingOf(session: PostgresSession, pairs: readonly Pair[]): Promise<string[]> {
  const values = [pairs.map(([privilege]) => privilege), pairs.map(([, table]) => table)];
  return (await session.rows({ text: selectMissing, values })).map(([name]) => name as string);
}
