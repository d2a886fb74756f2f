import { randomUUID } from 'node:crypto';
import { checkShape } from '../append-shape';
import {
  type Append,
  AppendOutcomeUnknown,
  type AppendResult,
  type CatchUp,
  type CaughtUp,
} from '../journal';
import { planCatchUp } from './catch-up';
import { faultOf, portErrorOf, reasonOf, sqlStateOf } from './errors';
import { insertStatements } from './insert';
import type { PostgresLimits } from './limits';
import {
  type Answer,
  beginByIndex,
  firstError,
  type PostgresSession,
  rowsOf,
  type Statement,
} from './session';
import { checkCommitted } from './transaction';

/** How often the place of the next entry is tried before the turn is given up. */
const reservationsMax = 5;

/** Any number will do, as long as it is none of the other locks': see `snapshot.ts`. */
const turnLocks = 1;

const lockAccount = `SELECT pg_advisory_xact_lock(hashtextextended($1, ${turnLocks}))`;

/**
 * Takes the place of the next entry, so that whoever appends without a turn waits for this
 * transaction. It is deleted before the commit, and so never seen by anyone.
 */
const reserve = `
  INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at)
  SELECT $1::text, last.sequence + 1, $2::text, 0, 'reserved', 0, 0
  FROM (SELECT sequence, id FROM entry WHERE account_id = $1 ORDER BY sequence DESC LIMIT 1) AS last
  WHERE last.id <> $2`;

/** The same in an account that has no entry yet. */
const reserveFirst = `
  INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at)
  VALUES ($1, 1, $2, 0, 'reserved', 0, 0)`;

const findReserved = `
  SELECT last.sequence
  FROM (SELECT sequence, id FROM entry WHERE account_id = $1 ORDER BY sequence DESC LIMIT 1) AS last
  WHERE last.id = $2`;

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
  const begun = await begin(session, request, entriesMax, id, limits);
  // Others were faster at every attempt to have the account alone.
  if (begun === null) return 'conflict';
  const append = await decideOrEnd(session, () => decide(begun.caughtUp));
  if (append === null) {
    await session.send([{ text: 'ROLLBACK' }]);
    return null;
  }
  const { accountId } = request;
  const answers = await session.send([
    { text: deleteReserved, values: [accountId, begun.sequence, id] },
    ...insertStatements(append.entries),
    { text: 'COMMIT' },
  ]);
  return resultOf(answers, session);
}

/** A turn that stands: the place that is reserved, and what was read before it. */
interface Begun {
  readonly sequence: number;
  readonly caughtUp: CaughtUp;
}

async function begin(
  session: PostgresSession,
  request: CatchUp,
  entriesMax: number,
  id: string,
  { lockMsMax, turnIdleMsMax }: PostgresLimits,
): Promise<Begun | null> {
  const { accountId } = request;
  const plan = planCatchUp([request], entriesMax, id);
  const answers = await session.send([
    beginByIndex(
      `SET LOCAL lock_timeout = ${lockMsMax}`,
      `SET LOCAL idle_in_transaction_session_timeout = ${turnIdleMsMax}`,
    ),
    { text: lockAccount, values: [accountId] },
    ...(request.known === null ? reservation(reserveFirst, accountId, id) : []),
    ...Array.from({ length: reservationsMax }, () => reservation(reserve, accountId, id)).flat(),
    { text: findReserved, values: [accountId, id] },
    ...plan.statements,
  ]);
  const [begun] = answers;
  const reads = answers.slice(-plan.statements.length);
  const found = answers[answers.length - reads.length - 1]!;
  const sequence =
    found.kind === 'done' ? (found.rows.at(0)?.[0] as number | undefined) : undefined;
  if (begun.kind === 'failed') {
    // What followed it stood alone, and the place would be taken for good.
    await session.send([{ text: deleteReserved, values: [accountId, sequence ?? 0, id] }]);
    throw portErrorOf(begun.error);
  }
  if (firstError(reads) !== null || sequence === undefined) {
    await session.send([{ text: 'ROLLBACK' }]);
    // If the lock failed, so did all that follows it.
    const error =
      firstError(answers.slice(0, 2)) ??
      firstError([found, ...reads]) ??
      firstError(answers.filter(isRefused));
    if (error !== null && !isHeldByOthers(error)) throw portErrorOf(error);
    return null;
  }
  return { sequence, caughtUp: plan.read(rowsOf(reads))[0]! };
}

/** Another's turn took long, or the database let it through: the next try may succeed. */
function isHeldByOthers(error: unknown): boolean {
  return sqlStateOf(error) === '55P03' || faultOf(error) === 'collision';
}

/**
 * True if a reservation failed although nobody else took the place: the database takes no rows.
 * What follows it, up to the savepoint, fails because it failed.
 */
function isRefused(answer: Answer): boolean {
  if (answer.kind === 'done' || sqlStateOf(answer.error) === '25P02') return false;
  return faultOf(answer.error) !== 'conflict' && !isHeldByOthers(answer.error);
}

/** Another may take the place before it is ours: the failed attempt is undone, and one more made. */
function reservation(text: string, accountId: string, id: string): Statement[] {
  return [
    { text: 'SAVEPOINT place' },
    { text, values: [accountId, id] },
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
    checkCommitted(answers, answers.at(-1)!, session);
    return 'appended';
  }
  const fault = faultOf(error);
  if (fault === 'conflict' || fault === 'collision') return 'conflict';
  if (fault !== 'lost') throw portErrorOf(error);
  throw new AppendOutcomeUnknown(`The connection broke: ${reasonOf(error)}.`, { cause: error });
}
