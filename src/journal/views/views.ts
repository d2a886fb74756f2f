import type { ViewDialect } from './dialect';
import { holdsOf } from './holds';
import { movementOf } from './movement';

/**
 * Makes the views for people who query with SQL, which show the recorded books: `docs/sql.md`
 * describes them. Part of a migration: a change is another one. The views of the first version are
 * replaced, and get their new columns at the end.
 *
 * A condition on `account_id` reaches the table's key, since whatever groups or orders does so
 * within an account, and no view is made of others. That lets a table distributed by `account_id`
 * compute each part on its own node. PostgreSQL sums points as `numeric`. SQLite sums in 64 bits
 * and fails with "integer overflow" rather than round; points that sum up in the order of the
 * entries are never more than an account can hold. Only open_lot sums debits by timestamp: a
 * thousand that were settled, each of nearly 2^53 points, could fail.
 * @param create how a view is created in place of an older one.
 */
export function viewsOf(dialect: ViewDialect, create: string): string {
  return [balance, openLot, pendingLot, hold, lapse, due, movementView]
    .map((view) => `${create} ${view(dialect, movementOf(dialect)).trim()};\n`)
    .join('\n');
}

/** Makes the statement of one view. */
type View = (dialect: ViewDialect, movement: string) => string;

const balance: View = ({ whole }, movement) => `
VIEW balance AS
SELECT
  account_id,
  payer,
  ${whole('sum(change)')} AS points,
  ${whole('sum(held)')} AS held,
  ${whole('sum(pending)')} AS pending
FROM (${movement}) AS movement
GROUP BY account_id, payer`;

/**
 * A debit lies on the payer's oldest unspent points. Thus, in a running sum that begins with the
 * payer's debits, a lot has something left once the sum is above zero. A lot that settled a debit
 * has expired, so a group that changes the debits has nothing unspent.
 */
const openLot: View = ({ instant, whole, least }, movement) => `
VIEW open_lot AS
SELECT
  account_id,
  row_number() OVER (PARTITION BY account_id ORDER BY timestamp, sequence) AS spend_order,
  sequence,
  id,
  payer,
  ${instant('timestamp')} AS earned_at,
  reference,
  points,
  ${whole(least('unspent', 'unspent_less_debits'))} AS remaining,
  ${instant('expires_at')} AS expires_at
FROM (
  SELECT
    *,
    sum(unspent + debit) OVER (
      PARTITION BY account_id, payer ORDER BY unspent > 0, timestamp, sequence
      ROWS UNBOUNDED PRECEDING
    ) AS unspent_less_debits
  FROM (
    SELECT
      ${lotColumns},
      max(granted) AS points,
      sum(points) AS unspent,
      sum(debit) AS debit
    FROM (${movement}) AS movement
    GROUP BY account_id, payer, sequence, timestamp
    HAVING sum(points) <> 0 OR sum(debit) <> 0
  ) AS lot_or_debit
) AS laid_out
WHERE unspent > 0 AND unspent_less_debits > 0`;

const pendingLot: View = ({ instant, whole }, movement) => `
VIEW pending_lot AS
SELECT
  account_id,
  sequence,
  id,
  payer,
  ${instant('timestamp')} AS earned_at,
  reference,
  points,
  ${whole('pending')} AS remaining,
  ${instant('available_from')} AS available_from,
  ${instant('expires_at')} AS expires_at
FROM (
  SELECT
    ${lotColumns},
    max(available_from) AS available_from,
    max(granted) AS points,
    sum(pending) AS pending
  FROM (${movement}) AS movement
  GROUP BY account_id, payer, sequence, timestamp
  HAVING sum(pending) > 0
) AS summed`;

const hold: View = (dialect) => {
  const { instant, whole } = dialect;
  return `
VIEW hold AS
SELECT
  account_id,
  sequence,
  id,
  ${instant('recorded_at')} AS held_at,
  reference,
  points,
  ${whole('CASE WHEN closed IS NULL THEN points - captured ELSE 0 END')} AS held,
  captured,
  coalesce(closed, 'OPEN') AS status,
  ${instant('expires_at')} AS expires_at
FROM (${holdsOf(dialect)}) AS summed`;
};

const lapse: View = ({ instant }) => `
VIEW lapse AS
SELECT account_id, payer, lot_sequence AS lot, ${instant('at')} AS at, expired, settled
FROM lapse_row
WHERE kind = 'expiry'`;

/**
 * The only view of two parts: a lot is summed up from many entries, while a hold is one. Citus
 * computes a UNION ALL on each node if all columns have types.
 */
const due: View = (dialect, movement) => {
  const { instant, whole, now, noText, noInteger } = dialect;
  return `
VIEW due AS
SELECT
  account_id,
  ${instant('due_at')} AS at,
  CASE WHEN pending > 0 THEN 'beginning' ELSE 'expiry' END AS kind,
  payer,
  sequence AS lot,
  ${noInteger} AS hold,
  ${whole('CASE WHEN pending > 0 THEN pending ELSE unspent END')} AS points
FROM (
  SELECT
    ${lotColumns},
    sum(points) AS unspent,
    sum(pending) AS pending,
    CASE WHEN sum(pending) > 0 THEN max(available_from) ELSE max(expires_at) END AS due_at
  FROM (${movement}) AS movement
  GROUP BY account_id, payer, sequence, timestamp
  HAVING sum(points) > 0 OR sum(pending) > 0
) AS summed
WHERE due_at <= ${now}
UNION ALL
SELECT
  account_id,
  ${instant('expires_at')},
  'end',
  ${noText},
  ${noInteger},
  sequence,
  ${whole('points - captured')}
FROM (${holdsOf(dialect)}) AS held
WHERE closed IS NULL AND expires_at <= ${now}`;
};

/**
 * What is left out of a sum by month: rows that change nothing of the three, such as a settled
 * debit.
 */
const movementView: View = ({ instant, whole }, movement) => `
VIEW movement AS
SELECT
  account_id,
  entry_sequence AS sequence,
  kind,
  ${instant('at')} AS at,
  payer,
  sequence AS lot,
  ${whole('change')} AS points,
  ${whole('held')} AS held,
  ${whole('pending')} AS pending
FROM (${movement}) AS movement
WHERE change <> 0 OR held <> 0 OR pending <> 0`;

/** What the lot's transaction has. The other rows of a lot have none of it. */
const lotColumns = `
      account_id,
      payer,
      sequence,
      timestamp,
      max(id) AS id,
      max(reference) AS reference,
      max(expires_at) AS expires_at`.trim();
