import { randomUUID } from 'node:crypto';
import { checkShape } from './append-shape';
import {
  type Append,
  AppendOutcomeUnknown,
  type AppendResult,
  type CatchUp,
  type CaughtUp,
  JournalUnavailable,
} from './journal';
import { checkCommitted, insertStatements } from './postgres-append';
import { faultOf, portErrorOf, reasonOf } from './postgres-errors';
import type { PostgresLimits } from './postgres-limits';
import { catchUpStatement, caughtUpOf, entryIdOf } from './postgres-read';
import {
  type Answer,
  byIndex,
  firstError,
  type PostgresSession,
  type Statement,
} from './postgres-session';

/** How often the place of the next entry is tried before the turn is given up. */
const reservationsMax = 8;

/** Any number will do, as long as it is none of the other locks': see `postgres-snapshot.ts`. */
const turnLocks = 1;

const lockAccount = `SELECT pg_advisory_xact_lock(hashtextextended($1, ${turnLocks}))`;

/**
 * Takes the place of the next entry, so that whoever appends without a turn waits for this
 * transaction. It is deleted before the commit, and so never seen by anyone.
 */
const reserve = `
  INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at)
  SELECT $1::text, coalesce(max(sequence), 0) + 1, $2::text, 0, 'reserved', 0, 0
  FROM entry WHERE account_id = $1
  HAVING count(*) FILTER (WHERE id = $2) = 0`;

const findReserved = `
  SELECT sequence FROM entry WHERE account_id = $1 AND id = $2
    AND sequence = (SELECT max(sequence) FROM entry WHERE account_id = $1)`;

const deleteReserved = 'DELETE FROM entry WHERE account_id = $1 AND sequence = $2 AND id = $3';

/**
 * Serves an account while nobody else can append to it. Those who take turns wait for each other in
 * the order in which they came; those who do not, at the place that is reserved. Two round trips.
 */
export async function takeTurn(
  session: PostgresSession,
  request: CatchUp,
  entriesMax: number,
  decide: (caughtUp: CaughtUp) => Append | null,
  limits: PostgresLimits,
): Promise<AppendResult | null> {
  const id = randomUUID();
  const { sequence, caughtUp } = await begin(session, request, entriesMax, id, limits);
  const append = await decideOrEnd(session, () => decide(caughtUp));
  if (append === null) {
    await session.send([{ text: 'ROLLBACK' }]);
    return null;
  }
  const { accountId } = request;
  const answers = await session.send([
    { text: deleteReserved, values: [accountId, sequence, id] },
    ...insertStatements(append.entries),
    { text: 'COMMIT' },
  ]);
  return resultOf(answers, session);
}

async function begin(
  session: PostgresSession,
  request: CatchUp,
  entriesMax: number,
  id: string,
  { lockMsMax, turnIdleMsMax }: PostgresLimits,
): Promise<{ readonly sequence: number; readonly caughtUp: CaughtUp }> {
  const { accountId } = request;
  const answers = await session.send([
    { text: 'BEGIN' },
    { text: `SET LOCAL lock_timeout = ${lockMsMax}` },
    { text: `SET LOCAL idle_in_transaction_session_timeout = ${turnIdleMsMax}` },
    byIndex,
    { text: lockAccount, values: [accountId] },
    ...Array.from({ length: reservationsMax }, () => reservation(accountId, id)).flat(),
    { text: findReserved, values: [accountId, id] },
    catchUpStatement([request], entriesMax),
  ]);
  const [found, read] = answers.slice(-2);
  const sequence =
    found.kind === 'done' ? (found.rows.at(0)?.[0] as number | undefined) : undefined;
  if (read.kind === 'failed' || sequence === undefined) {
    await session.send([{ text: 'ROLLBACK' }]);
    const error = firstError(answers.slice(0, 5)) ?? firstError([found, read]);
    if (error !== null) throw portErrorOf(error);
    throw new JournalUnavailable('Others were faster at every attempt to have the account alone.');
  }
  const rows = read.rows.filter((row) => entryIdOf(row) !== id);
  return { sequence, caughtUp: caughtUpOf([request], entriesMax, rows)[0] };
}

/** Another may take the place before it is ours: the failed attempt is undone, and one more made. */
function reservation(accountId: string, id: string): Statement[] {
  return [
    { text: 'SAVEPOINT place' },
    { text: reserve, values: [accountId, id] },
    { text: 'SAVEPOINT place' },
    { text: 'ROLLBACK TO SAVEPOINT place' },
  ];
}

async function decideOrEnd(
  session: PostgresSession,
  decide: () => Append | null,
): Promise<Append | null> {
  try {
    const append = decide();
    if (append !== null) checkShape(append);
    return append;
  } catch (error) {
    await session.send([{ text: 'ROLLBACK' }]);
    throw error;
  }
}

function resultOf(answers: readonly Answer[], session: PostgresSession): AppendResult {
  const error = firstError(answers.slice(0, -1));
  if (error === null) {
    checkCommitted(answers, session);
    return 'appended';
  }
  const fault = faultOf(error);
  if (fault === 'conflict' || fault === 'collision') return 'conflict';
  if (fault !== 'lost') throw portErrorOf(error);
  throw new AppendOutcomeUnknown(`The connection broke: ${reasonOf(error)}.`, { cause: error });
}
