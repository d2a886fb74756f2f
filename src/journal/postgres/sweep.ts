import type { Statement } from './session';

/**
 * Takes the lease or renews it, by the clock of the database, and returns the mark; no row while
 * another holder has it. The coordinator of Citus stores the row, which all servers write to.
 */
export function leaseStatement(holder: string, forMs: number): Statement {
  const text = `
    INSERT INTO sweep AS present (number, holder, leased_until)
    VALUES (1, $1, clock_timestamp() + $2 * interval '1 millisecond')
    ON CONFLICT (number) DO UPDATE
      SET holder = excluded.holder, leased_until = excluded.leased_until
      WHERE present.holder = excluded.holder OR present.leased_until <= clock_timestamp()
    RETURNING mark`;
  return { text, values: [holder, forMs] };
}

/** Stores the mark unless another holder took the lease. */
export function markStatement(holder: string, mark: number): Statement {
  return { text: 'UPDATE sweep SET mark = $2 WHERE holder = $1', values: [holder, mark] };
}

/** Reads the clock of the database, in milliseconds since 1970 UTC. */
export const nowStatement: Statement = {
  text: 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint',
};
