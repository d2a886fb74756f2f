import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { Client, QueryArrayResult } from 'pg';
import { beginWith } from './settings';

/** One statement and its values. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** True if the text is one of few and sent often, so that a server may keep it prepared. */
  readonly isFrequent?: boolean;
}

export type Row = readonly unknown[];

/** The result of a statement: its rows, or why it failed. */
export type StatementResult =
  | { readonly kind: 'done'; readonly rows: readonly Row[]; readonly command: string }
  | { readonly kind: 'failed'; readonly error: unknown };

type ResultsOf<Statements extends readonly Statement[]> = {
  -readonly [Index in keyof Statements]: StatementResult;
};

/** What a session can rely on, besides what a transaction sets. */
interface SessionTraits {
  /** True if the connection has the settings of `withSettings`. */
  readonly hasSettings: boolean;
  /** True if statements stay prepared. */
  readonly keepsStatements: boolean;
}

/** What pg's type of a client does not have. */
interface Wire {
  readonly stream: Writable;
}

const nothing: SessionTraits = { hasSettings: false, keepsStatements: false };

/** A connection that one call uses exclusively. */
export class PostgresSession {
  /** SQLSTATEs of the warnings received during the call. */
  readonly warnings: string[] = [];

  constructor(
    private readonly client: Client,
    readonly traits: SessionTraits = nothing,
  ) {}

  /**
   * Sends statements together and resolves to one result for each. One round trip. Outside a
   * transaction, a failed statement does not affect the others; in one, all after it fail.
   */
  async send<const Statements extends readonly Statement[]>(
    statements: Statements,
  ): Promise<ResultsOf<Statements>> {
    const sent = this.inOneWrite(() => statements.map((statement) => this.query(statement)));
    const results = (await Promise.allSettled(sent)).map(resultOf);
    return results as unknown as ResultsOf<Statements>;
  }

  private query({ text, values, isFrequent = false }: Statement): Promise<PgResult> {
    return this.client.query<unknown[]>({
      name: isFrequent && this.traits.keepsStatements ? nameOf(text) : undefined,
      text,
      values: values as unknown[],
      rowMode: 'array',
    });
  }

  /** pg writes each statement to the socket by itself, and a write costs more than the rest. */
  private inOneWrite<Result>(send: () => Result): Result {
    const { stream } = (this.client as unknown as { readonly connection: Wire }).connection;
    stream.cork();
    try {
      return send();
    } finally {
      stream.uncork();
    }
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
  if (session.traits.hasSettings) return rowsOf(await session.send(statements));
  const begin = { text: beginWith('SET TRANSACTION READ ONLY') };
  const results = await session.send([begin, ...statements, { text: 'COMMIT' }]);
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

const names = new Map<string, string>();

/**
 * Returns the name of a prepared statement. It is derived from the text, so that behind a pooler it
 * never names another program's, or another version's, statement.
 */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `ledger_${createHash('sha256').update(text).digest('base64url').slice(0, 32)}`;
    names.set(text, name);
  }
  return name;
}
