import type { Client, QueryArrayResult } from 'pg';

/** One statement and its values. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

export type Row = readonly unknown[];

/** The result of a statement: its rows, or why it failed. */
export type StatementResult =
  | { readonly kind: 'done'; readonly rows: readonly Row[]; readonly command: string }
  | { readonly kind: 'failed'; readonly error: unknown };

type ResultsOf<Statements extends readonly Statement[]> = {
  -readonly [Index in keyof Statements]: StatementResult;
};

const byIndex = [
  'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off',
  'SET LOCAL seq_page_cost = 0; SET LOCAL random_page_cost = 0',
];

/**
 * Makes a BEGIN, as one message, of a transaction in which statements that name their rows use an
 * index, whatever the planner estimates: without statistics, or with stale ones, it considers a
 * sequential scan cheaper. Pages cost nothing, so the number of rows read decides.
 * @param settings further settings for this transaction.
 */
export function beginByIndex(...settings: readonly string[]): Statement {
  return { text: ['BEGIN', ...settings, ...byIndex].join('; ') };
}

/** A connection that one call uses exclusively. */
export class PostgresSession {
  /** SQLSTATEs of the warnings received during the call. */
  readonly warnings: string[] = [];

  constructor(private readonly client: Client) {}

  /**
   * Sends statements together and resolves to one result for each. One round trip. Outside a
   * transaction, a failed statement does not affect the others; in one, all after it fail.
   */
  async send<const Statements extends readonly Statement[]>(
    statements: Statements,
  ): Promise<ResultsOf<Statements>> {
    const sent = statements.map(({ text, values }) =>
      this.client.query<unknown[]>({ text, values: values as unknown[], rowMode: 'array' }),
    );
    const results = (await Promise.allSettled(sent)).map(resultOf);
    return results as unknown as ResultsOf<Statements>;
  }

  /**
   * Sends one statement and returns its rows.
   * @throws the statement's error.
   */
  async rows(statement: Statement): Promise<readonly Row[]> {
    const [result] = await this.send([statement]);
    if (result.kind === 'failed') throw result.error;
    return result.rows;
  }
}

/**
 * Returns the rows of a statement that reads by index. One round trip.
 * @throws the statement's error.
 */
export async function rowsByIndex(
  session: PostgresSession,
  statement: Statement,
): Promise<readonly Row[]> {
  return (await readByIndex(session, [statement]))[0]!;
}

/**
 * Returns the rows of each statement. One round trip.
 * @throws the first error.
 */
export async function readByIndex(
  session: PostgresSession,
  statements: readonly Statement[],
): Promise<(readonly Row[])[]> {
  const results = await session.send([
    beginByIndex('SET TRANSACTION READ ONLY'),
    ...statements,
    { text: 'COMMIT' },
  ]);
  return rowsOf(results.slice(0, -1)).slice(1);
}

/**
 * Returns the rows of each result.
 * @throws the first error.
 */
export function rowsOf(results: readonly StatementResult[]): (readonly Row[])[] {
  return results.map((result) => {
    if (result.kind === 'failed') throw result.error;
    return result.rows;
  });
}

/** A text of several statements has several results, of which the last one counts. */
type PgResult = QueryArrayResult<unknown[]> | readonly QueryArrayResult<unknown[]>[];

function resultOf(settled: PromiseSettledResult<PgResult>): StatementResult {
  if (settled.status === 'rejected') return { kind: 'failed', error: settled.reason };
  const { rows, command } = [settled.value].flat().at(-1)!;
  return { kind: 'done', rows, command };
}

/** Returns the first error, which is why the statements after it failed; null if there is none. */
export function firstError(results: readonly StatementResult[]): unknown {
  const failed = results.find((result) => result.kind === 'failed');
  return failed?.kind === 'failed' ? failed.error : null;
}
