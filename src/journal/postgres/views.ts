/**
 * What changes a payer's points, one row per change: an addition or a debit as it is, a spend as
 * one row for each lot that paid, under the lot's sequence and timestamp. Summed by payer these are
 * the balances, summed by sequence what the lots have unspent.
 */
const movement = `
  SELECT
    entry.account_id,
    coalesce(entry.payer, paid.value ->> 'payer') COLLATE "C" AS payer,
    coalesce((paid.value ->> 'sequence')::bigint, entry.sequence) AS sequence,
    coalesce((paid.value ->> 'timestamp')::bigint, entry.timestamp) AS timestamp,
    coalesce(-(paid.value ->> 'points')::bigint, entry.points) AS points,
    entry.kind,
    entry.id,
    entry.reference
  FROM entry LEFT JOIN LATERAL json_array_elements(entry.allocations) AS paid (value) ON true
  WHERE entry.kind IN ('transaction', 'spend')
`;

/**
 * Makes the views `balance`, `open_lot` and `allocation`, for people who query with SQL; their
 * columns are SQLite's, and `docs/sql.md` describes them. Part of a migration: a change is another
 * one.
 *
 * A condition on `account_id` reaches the table's index, since whatever groups or orders does so
 * withDeadline an account. That, only immutable functions in FROM, and neither UNION nor WITH let a
 * table distributed by `account_id` compute each part on its own node. Sums of `bigint` are
 * `numeric`, so an intermediate sum cannot overflow if the result fits.
 */
export const createViews = `
CREATE VIEW balance AS
SELECT account_id, payer, sum(points)::bigint AS points
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
  least(unspent, unspent_less_debits)::bigint AS remaining
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
  (paid.value ->> 'sequence')::bigint AS lot_sequence,
  (paid.value ->> 'payer') COLLATE "C" AS payer,
  ${instant("(paid.value ->> 'timestamp')::bigint")} AS earned_at,
  (paid.value ->> 'points')::bigint AS points
FROM entry AS spend CROSS JOIN LATERAL json_array_elements(spend.allocations) AS paid (value)
WHERE spend.kind = 'spend';
`;

/**
 * Milliseconds since 1970 as a `timestamptz`, exact to the year 9999: whole seconds are exact as a
 * floating-point number, while seconds with a fraction are not.
 */
function instant(milliseconds: string): string {
  return `to_timestamp(${milliseconds} / 1000) + ${milliseconds} % 1000 * interval '1 millisecond'`;
}
