import type { Client, QueryArrayResult } from 'pg';

/** One statement and its values. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

export type Row = readonly unknown[];

/** What became of a statement: its rows, or why it failed. */
export type Answer =
  | { readonly kind: 'done'; readonly rows: readonly Row[]; readonly command: string }
  | { readonly kind: 'failed'; readonly error: unknown };

type AnswersTo<Statements extends readonly Statement[]> = {
  -readonly [Index in keyof Statements]: Answer;
};

const byIndex = [
  'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off',
  'SET LOCAL seq_page_cost = 0; SET LOCAL random_page_cost = 0',
];

/**
 * Begins a transaction in which statements that name their rows walk an index for each, whatever
 * the planner believes: before it has statistics, or while they are of another time, it takes
 * reading the whole table for cheaper. Pages cost nothing then, so that what counts is how many
 * rows are looked at. All in one message.
 * @param settings more of what holds until the transaction ends.
 */
export function beginByIndex(...settings: readonly string[]): Statement {
  return { text: ['BEGIN', ...settings, ...byIndex].join('; ') };
}

/** A connection while one call has it for itself. */
export class PostgresSession {
  /** SQLSTATEs of the warnings that came meanwhile. */
  readonly warnings: string[] = [];

  constructor(private readonly client: Client) {}

  /**
   * Sends statements together and resolves to one answer for each: one round trip. Outside a
   * transaction, a failed statement does not affect the others; within one, all after it fail.
   */
  async send<const Statements extends readonly Statement[]>(
    statements: Statements,
  ): Promise<AnswersTo<Statements>> {
    const sent = statements.map(({ text, values }) =>
      this.client.query<unknown[]>({ text, values: values as unknown[], rowMode: 'array' }),
    );
    const answers = (await Promise.allSettled(sent)).map(answerOf);
    return answers as unknown as AnswersTo<Statements>;
  }

  /** Sends one statement and answers its rows; rejects with its error. */
  async rows(statement: Statement): Promise<readonly Row[]> {
    const [answer] = await this.send([statement]);
    if (answer.kind === 'failed') throw answer.error;
    return answer.rows;
  }
}

/** Returns the rows of a statement that reads by index; rejects with its error. One round trip. */
export async function rowsByIndex(
  session: PostgresSession,
  statement: Statement,
): Promise<readonly Row[]> {
  return (await readByIndex(session, [statement]))[0]!;
}

/** Returns the rows of each statement; rejects with the first error. One round trip. */
export async function readByIndex(
  session: PostgresSession,
  statements: readonly Statement[],
): Promise<(readonly Row[])[]> {
  const answers = await session.send([
    beginByIndex('SET TRANSACTION READ ONLY'),
    ...statements,
    { text: 'COMMIT' },
  ]);
  return rowsOf(answers.slice(0, -1)).slice(1);
}

/** Returns the rows of each answer; throws the first error. */
export function rowsOf(answers: readonly Answer[]): (readonly Row[])[] {
  return answers.map((answer) => {
    if (answer.kind === 'failed') throw answer.error;
    return answer.rows;
  });
}

/** Of a text of several statements, the last one's result. */
type Result = QueryArrayResult<unknown[]> | readonly QueryArrayResult<unknown[]>[];

function answerOf(settled: PromiseSettledResult<Result>): Answer {
  if (settled.status === 'rejected') return { kind: 'failed', error: settled.reason };
  const { rows, command } = [settled.value].flat().at(-1)!;
  return { kind: 'done', rows, command };
}

/** The first error among answers, which is why those after it failed; null if there is none. */
export function firstError(answers: readonly Answer[]): unknown {
  const failed = answers.find((answer) => answer.kind === 'failed');
  return failed?.kind === 'failed' ? failed.error : null;
}
