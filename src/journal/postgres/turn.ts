import { randomUUID } from 'node:crypto';
import { checkShape } from '../append-shape';
import type { Append, AppendResult, CatchUp, CaughtUp } from '../journal';
import { AppendOutcomeUnknown } from '../journal-error';
import { planCatchUp } from './catch-up';
import { categoryOf, portErrorOf, reasonOf, sqlStateOf } from './errors';
import { insertsOf } from './insert';
import type { PostgresLimits } from './limits';
import {
  firstError,
  type PostgresSession,
  rowsOf,
  type Statement,
  type StatementResult,
} from './session';
import { beginWith } from './settings';
import { checkCommitted } from './transaction';

/** How many times the next sequence is tried before the turn is given up. */
const reservationsMax = 5;

/** The namespace of this kind of lock, distinct from the one in `snapshot.ts`. */
const turnLocks = 1;

const lockAccount = `SELECT pg_advisory_xact_lock(hashtextextended($1, ${turnLocks}))`;

/**
 * Reserves the next sequence, so that a process that appends without a turn waits for this
 * transaction. The row is deleted before the commit, so no other transaction ever sees it.
 */
const reserve = `
  INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at, digest)
  SELECT $1::text, last.sequence + 1, $2::text, 0, 'reserved', 0, 0, ''
  FROM (SELECT sequence, id FROM entry WHERE account_id = $1 ORDER BY sequence DESC LIMIT 1) AS last
  WHERE last.id <> $2`;

/** Reserves sequence 1 of an account without entries. */
const reserveFirst = `
  INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at, digest)
  VALUES ($1, 1, $2, 0, 'reserved', 0, 0, '')`;

const findReserved = `
  SELECT last.sequence
  FROM (SELECT sequence, id FROM entry WHERE account_id = $1 ORDER BY sequence DESC LIMIT 1) AS last
  WHERE last.id = $2`;

const deleteReserved = 'DELETE FROM entry WHERE account_id = $1 AND sequence = $2 AND id = $3';

/**
 * Appends to an account while no other process can. Processes that take turns queue at an advisory
 * lock, first come, first served; the others wait at the reserved sequence. Two round trips.
 * @returns null if `decide` returned null; 'conflict' if the sequence could not be reserved.
 * @throws JournalUnavailable, AppendOutcomeUnknown, or what `decide` throws.
 */
export async function appendInTurn(
  session: PostgresSession,
  request: CatchUp,
  entriesMax: number,
  decide: (caughtUp: CaughtUp) => Append | null,
  limits: PostgresLimits,
): Promise<AppendResult | null> {
  const id = randomUUID();
  const reservation = await reserveSequence(session, request, entriesMax, id, limits);
  // Other processes won the race at every attempt to reserve a sequence.
  if (reservation === null) return 'conflict';
  const append = await decideOrRollBack(session, () => decide(reservation.caughtUp));
  if (append === null) {
    await session.send([{ text: 'ROLLBACK' }]);
    return null;
  }
  const { accountId } = request;
  const results = await session.send([
    { text: deleteReserved, values: [accountId, reservation.sequence, id] },
    ...insertsOf(append.entries, true),
    { text: 'COMMIT' },
  ]);
  return appendResultOf(results, session);
}

/** The reserved sequence, and what was read before it. */
interface Reservation {
  readonly sequence: number;
  readonly caughtUp: CaughtUp;
}

async function reserveSequence(
  session: PostgresSession,
  request: CatchUp,
  entriesMax: number,
  id: string,
  { lockMsMax, turnIdleMsMax }: PostgresLimits,
): Promise<Reservation | null> {
  const { accountId } = request;
  // The form for distributed tables costs nothing for one account.
  const plan = planCatchUp([request], entriesMax, { reservedId: id, isDistributed: true });
  const results = await session.send([
    {
      text: beginWith(
        `SET LOCAL lock_timeout = ${lockMsMax}`,
        `SET LOCAL idle_in_transaction_session_timeout = ${turnIdleMsMax}`,
      ),
    },
    { text: lockAccount, values: [accountId] },
    ...(request.known === null ? reservationAttempt(reserveFirst, accountId, id) : []),
    ...Array.from({ length: reservationsMax }, () =>
      reservationAttempt(reserve, accountId, id),
    ).flat(),
    { text: findReserved, values: [accountId, id] },
    ...plan.statements,
  ]);
  const [begin] = results;
  const reads = results.slice(-plan.statements.length);
  const found = results[results.length - reads.length - 1]!;
  const sequence =
    found.kind === 'done' ? (found.rows.at(0)?.[0] as number | undefined) : undefined;
  if (begin.kind === 'failed') {
    // The statements ran without a transaction: the reserved row would stay for ever.
    await session.send([{ text: deleteReserved, values: [accountId, sequence ?? 0, id] }]);
    throw portErrorOf(begin.error);
  }
  if (firstError(reads) !== null || sequence === undefined) {
    await session.send([{ text: 'ROLLBACK' }]);
    // If the lock failed, so did all statements after it.
    const error =
      firstError(results.slice(0, 2)) ??
      firstError([found, ...reads].filter((result) => !isAborted(result))) ??
      firstError(results.filter(isRefused));
    if (error !== null && !isBlockedByOthers(error)) throw portErrorOf(error);
    return null;
  }
  return { sequence, caughtUp: plan.read(rowsOf(reads))[0]! };
}

/** True if another turn took long or won a deadlock: the next attempt may succeed. */
function isBlockedByOthers(error: unknown): boolean {
  return sqlStateOf(error) === '55P03' || categoryOf(error) === 'retryable';
}

/**
 * True if a statement failed only because one before it did: one of the same attempt, or on Citus
 * also of an earlier one, since a worker may stay in the failed transaction.
 */
function isAborted(result: StatementResult): boolean {
  return result.kind === 'failed' && sqlStateOf(result.error) === '25P02';
}

/**
 * True if a reservation failed although no other process holds the sequence: the database accepts
 * no rows.
 */
function isRefused(result: StatementResult): boolean {
  if (result.kind === 'done' || isAborted(result)) return false;
  return categoryOf(result.error) !== 'conflict' && !isBlockedByOthers(result.error);
}

/** Makes one attempt, which is rolled back alone if another process wins the race. */
function reservationAttempt(text: string, accountId: string, id: string): Statement[] {
  return [
    { text: 'SAVEPOINT reservation' },
    { text, values: [accountId, id] },
    { text: 'SAVEPOINT reservation' },
    { text: 'ROLLBACK TO SAVEPOINT reservation' },
  ];
}

async function decideOrRollBack(
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

function appendResultOf(
  results: readonly StatementResult[],
  session: PostgresSession,
): AppendResult {
  const error = firstError(results.slice(0, -1));
  if (error === null) {
    checkCommitted(results, results.at(-1)!, session);
    return 'appended';
  }
  const category = categoryOf(error);
  if (category === 'conflict' || category === 'retryable') return 'conflict';
  if (category !== 'lost') throw portErrorOf(error);
  throw new AppendOutcomeUnknown(`The connection broke: ${reasonOf(error)}.`, { cause: error });
}
