import type { ViewDialect } from './dialect';

/**
 * Makes the query that the views sum up: what changes a payer's points, one row per change, under
 * the sequence and timestamp of a lot. `points` is what becomes unspent or is no longer, `debit` is
 * negative for a debit and positive for what lifts or settles it, `held` is what a hold takes or
 * gives back, and `pending` is what begins later. `change` is what changes the balance: `points`
 * and `debit` together. Summed by sequence, `points` is what a lot has unspent. An addition or a
 * debit is one row, what takes from lots or gives to them is a row per lot.
 *
 * It reads one entry per row and one JSON array in it, so that an account without dates, reversals
 * and holds costs as before. Only for the reversal of a transaction does it read another entry: a
 * lot is pending until the entries are as late as its date.
 */
export function movementOf(dialect: ViewDialect): string {
  const { text, integer, leftJoin } = dialect;
  const part = (member: string) => integer('part.value', member);
  const outcome = (member: string) => integer('entry.outcome', member);
  const partKind = text('part.value', 'kind');
  // No debit has dates, and nothing but a grant begins.
  const isPending = 'entry.available_from > entry.recorded_at';
  const isTargetPending = `(
      SELECT lot.available_from > entry.recorded_at FROM entry AS lot
      WHERE lot.account_id = entry.account_id AND lot.sequence = entry.target_sequence
    )`;
  // The reversal of a transaction is two rows: what it takes from the lot, and what it does to
  // debits.
  const isOfTarget = `(entry.target_sequence IS NOT NULL AND ${partKind} = 'lot')`;
  const lifted = `${outcome('lifted')} - ${outcome('debited')}`;
  const takenFromOpen = `CASE WHEN ${isTargetPending} THEN 0 ELSE ${outcome('fromLot')} END`;
  // A spend with a target captures a hold: its allocations were in no lot, its rows go back to one.
  const spent = (expired: string) => `
        CASE
          WHEN entry.target_sequence IS NULL THEN -${part('points')}
          WHEN ${partKind} IS NULL THEN 0
          ELSE coalesce(${part('points')}, ${expired})
        END`;
  const gone = `-${part('expired')} - ${part('settled')}`;
  return `
  SELECT
    entry.account_id,
    coalesce(entry.payer, ${text('part.value', 'payer')}) AS payer,
    coalesce(
      ${part('sequence')},
      CASE WHEN ${isOfTarget} THEN entry.target_sequence END,
      entry.sequence
    ) AS sequence,
    coalesce(${part('timestamp')}, entry.timestamp) AS timestamp,
    CASE entry.kind
      WHEN 'transaction' THEN CASE WHEN ${isPending} THEN 0 ELSE entry.points END
      WHEN 'spend' THEN ${spent(`-${part('expired')}`)}
      WHEN 'hold' THEN -${part('points')}
      WHEN 'transactionReversal' THEN
        CASE WHEN ${isOfTarget} THEN -${takenFromOpen} ELSE ${lifted} END
      ELSE coalesce(${part('points')}, -${part('expired')})
    END AS change,
    CASE entry.kind
      WHEN 'transaction' THEN
        CASE WHEN entry.points < 0 OR ${isPending} THEN 0 ELSE entry.points END
      WHEN 'spend' THEN ${spent(gone)}
      WHEN 'hold' THEN -${part('points')}
      WHEN 'transactionReversal' THEN CASE WHEN ${isOfTarget} THEN -${takenFromOpen} ELSE 0 END
      ELSE coalesce(${part('points')}, ${gone})
    END AS points,
    CASE entry.kind
      WHEN 'transaction' THEN CASE WHEN entry.points < 0 THEN entry.points ELSE 0 END
      WHEN 'transactionReversal' THEN CASE WHEN ${isOfTarget} THEN 0 ELSE ${lifted} END
      ELSE coalesce(${part('settled')}, 0)
    END AS debit,
    CASE entry.kind
      WHEN 'transaction' THEN 0
      WHEN 'spend' THEN
        CASE WHEN entry.target_sequence IS NULL THEN 0 ELSE -coalesce(${part('points')}, 0) END
      WHEN 'hold' THEN ${part('points')}
      WHEN 'release' THEN -coalesce(${part('points')}, 0)
      WHEN 'lapse' THEN CASE WHEN ${partKind} = 'return' THEN -${part('points')} ELSE 0 END
      ELSE 0
    END AS held,
    CASE entry.kind
      WHEN 'transaction' THEN CASE WHEN ${isPending} THEN entry.points ELSE 0 END
      WHEN 'spend' THEN 0
      WHEN 'transactionReversal' THEN
        CASE WHEN ${isOfTarget} THEN ${takenFromOpen} - ${outcome('fromLot')} ELSE 0 END
      WHEN 'lapse' THEN CASE WHEN ${partKind} = 'beginning' THEN -${part('points')} ELSE 0 END
      ELSE 0
    END AS pending,
    CASE WHEN entry.kind = 'transaction' THEN entry.points END AS granted,
    CASE WHEN entry.kind = 'transaction' THEN entry.id END AS id,
    CASE WHEN entry.kind = 'transaction' THEN entry.reference END AS reference,
    entry.available_from,
    CASE WHEN entry.kind = 'transaction' THEN entry.expires_at END AS expires_at,
    entry.sequence AS entry_sequence,
    entry.kind,
    CASE WHEN entry.kind = 'lapse' THEN ${part('at')} ELSE entry.recorded_at END AS at
  FROM entry ${leftJoin(partsOf(dialect), 'part')}`;
}

/**
 * Returns the lots that an entry names: its allocations, its lapse rows, or both in one array. No
 * array of allocations is empty. Debits have a row of their own, so that a lot to which points came
 * back is not mistaken for one: see `open_lot`.
 */
function partsOf({ json, array }: ViewDialect): string {
  const rows = array('entry.outcome', 'rows');
  const allocations = 'CAST(entry.allocations AS text)';
  const both = `substr(${allocations}, 1, length(${allocations}) - 1) || ',' || substr(${rows}, 2)`;
  return `
    CASE
      WHEN entry.outcome IS NULL OR ${rows} = '[]' THEN entry.allocations
      WHEN entry.kind = 'lapse' THEN ${json(rows)}
      WHEN entry.kind = 'transactionReversal' THEN
        ${json(`'[{"kind":"lot"},{"kind":"debits"}]'`)}
      ELSE ${json(both)}
    END`;
}
