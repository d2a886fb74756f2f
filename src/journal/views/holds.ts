import type { ViewDialect } from './dialect';

/**
 * Makes the query of the holds: the columns of their entries, the points `captured`, and how they
 * were `closed`, null while they are open. What names a hold is found through the index of targets,
 * and its end through that of holds.
 */
export function holdsOf({ whole, integer, truth }: ViewDialect): string {
  const naming = `
      FROM entry AS naming
      WHERE naming.account_id = hold.account_id AND naming.target_sequence = hold.sequence`;
  const isAllCaptured = `${integer('naming.outcome', 'total')} = hold.points`;
  return `
  SELECT
    hold.account_id,
    hold.sequence,
    hold.id,
    hold.recorded_at,
    hold.reference,
    hold.points,
    hold.expires_at,
    ${whole(`(SELECT coalesce(sum(naming.points), 0) ${naming} AND naming.kind = 'spend')`)}
      AS captured,
    coalesce(
      (SELECT max(
        CASE
          WHEN naming.kind = 'release' THEN 'RELEASED'
          WHEN ${isAllCaptured} OR NOT ${truth('naming.input', 'keepRest')} THEN 'CAPTURED'
        END
      ) ${naming}),
      (
        SELECT max('ENDED') FROM lapse_row AS ended
        WHERE ended.account_id = hold.account_id AND ended.hold_sequence = hold.sequence
      )
    ) AS closed
  FROM entry AS hold
  WHERE hold.kind = 'hold'`;
}
