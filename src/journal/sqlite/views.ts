/**
 * What changes a payer's points, one row per change: an addition or a debit as it is, a spend as
 * one row for each lot that paid, under the lot's sequence and timestamp. Summed by payer these are
 * the balances, summed by sequence what the lots have unspent.
 */
const movement = `
  SELECT
    entry.account_id,
    coalesce(entry.payer, json_extract(paid.value, '$.payer')) AS payer,
    coalesce(json_extract(paid.value, '$.sequence'), entry.sequence) AS sequence,
    coalesce(json_extract(paid.value, '$.timestamp'), entry.timestamp) AS timestamp,
    coalesce(-json_extract(paid.value, '$.points'), entry.points) AS points,
    entry.kind,
    entry.id,
    entry.reference
  FROM entry LEFT JOIN json_each(entry.allocations) AS paid
  WHERE entry.kind IN ('transaction', 'spend')
`;

/**
 * Makes the views `balance`, `open_lot` and `allocation`, for people who query with SQL; their
 * columns are PostgreSQL's, and `docs/sql.md` describes them. Part of a migration: a change is
 * another one.
 *
 * A condition on `account_id` reaches the table's key, since whatever groups or orders does so
 * within an account, and no view is made of others. SQLite reads all views of a file before it runs
 * any query, so they use no syntax younger than the tables' (3.37): `json_extract`, not `->>`. It
 * sums in 64 bits and fails with "integer overflow" rather than round; what sums up in the order of
 * the entries, as here, is never more than an account can hold.
 */
export const createViews = `
CREATE VIEW balance AS
SELECT account_id, payer, sum(points) AS points
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
  min(unspent, unspent_less_debits) AS remaining
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
  json_extract(paid.value, '$.sequence') AS lot_sequence,
  json_extract(paid.value, '$.payer') AS payer,
  ${instant("json_extract(paid.value, '$.timestamp')")} AS earned_at,
  json_extract(paid.value, '$.points') AS points
FROM entry AS spend JOIN json_each(spend.allocations) AS paid
WHERE spend.kind = 'spend';
`;

/** Drops the views, so that a migration can replace the table that they read. */
export const dropViews = `
DROP VIEW balance;
DROP VIEW open_lot;
DROP VIEW allocation;
`;

/** Milliseconds since 1970 as text such as `2020-10-31T10:00:00.000Z`, as the API writes it. */
function instant(milliseconds: string): string {
  return `strftime('%Y-%m-%dT%H:%M:%fZ', ${milliseconds} / 1000.0, 'unixepoch')`;
}
