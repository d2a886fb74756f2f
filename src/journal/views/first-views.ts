import type { ViewDialect } from './dialect';

/**
 * Makes the views of the first version, `balance`, `open_lot` and `allocation`. Later versions
 * replace them.
 *
 * `movement` is what changes a payer's points, one row per change: an addition or a debit as it is,
 * a spend as one row for each lot that paid, under the lot's sequence and timestamp. Summed by
 * payer these are the balances, summed by sequence what the lots have unspent.
 */
export function firstViews(dialect: ViewDialect): string {
  const { text, integer, leftJoin, join, instant, whole, least } = dialect;
  const movement = `
  SELECT
    entry.account_id,
    coalesce(entry.payer, ${text('paid.value', 'payer')}) AS payer,
    coalesce(${integer('paid.value', 'sequence')}, entry.sequence) AS sequence,
    coalesce(${integer('paid.value', 'timestamp')}, entry.timestamp) AS timestamp,
    coalesce(-${integer('paid.value', 'points')}, entry.points) AS points,
    entry.kind,
    entry.id,
    entry.reference
  FROM entry ${leftJoin('entry.allocations', 'paid')}
  WHERE entry.kind IN ('transaction', 'spend')`;
  return `
CREATE VIEW balance AS
SELECT account_id, payer, ${whole('sum(points)')} AS points
FROM (${movement}) AS movement
GROUP BY account_id, payer;

-- A debit lies on the payer's oldest unspent points. Thus, in a running sum that begins with the
-- payer's debits, a lot has something left once the sum is above zero.
CREATE VIEW open_lot AS
SELECT
  account_id,
  row_number() OVER (PARTITION BY account_id ORDER BY timestamp, sequence) AS spend_order,
  sequence,
  id,
  payer,
  ${instant('timestamp')} AS earned_at,
  reference,
  points,
  ${whole(least('unspent', 'unspent_less_debits'))} AS remaining
FROM (
  SELECT
    *,
    sum(unspent) OVER (
      PARTITION BY account_id, payer ORDER BY unspent > 0, timestamp, sequence
      ROWS UNBOUNDED PRECEDING
    ) AS unspent_less_debits
  FROM (
    SELECT
      account_id,
      payer,
      sequence,
      timestamp,
      max(id) FILTER (WHERE kind = 'transaction') AS id,
      max(reference) FILTER (WHERE kind = 'transaction') AS reference,
      max(points) AS points,
      sum(points) AS unspent
    FROM (${movement}) AS movement
    GROUP BY account_id, payer, sequence, timestamp
    HAVING sum(points) <> 0
  ) AS lot_or_debit
) AS laid_out
WHERE unspent_less_debits > 0;

CREATE VIEW allocation AS
SELECT
  spend.account_id,
  spend.sequence AS spend_sequence,
  spend.id AS spend_id,
  ${instant('spend.recorded_at')} AS spent_at,
  spend.reference AS spend_reference,
  ${integer('paid.value', 'sequence')} AS lot_sequence,
  ${text('paid.value', 'payer')} AS payer,
  ${instant(integer('paid.value', 'timestamp'))} AS earned_at,
  ${integer('paid.value', 'points')} AS points
FROM entry AS spend ${join('spend.allocations', 'paid')}
WHERE spend.kind = 'spend';
`;
}

/** Drops the views, so that a migration can replace the table that they read. */
export const dropFirstViews = `
DROP VIEW balance;
DROP VIEW open_lot;
DROP VIEW allocation;
`;
