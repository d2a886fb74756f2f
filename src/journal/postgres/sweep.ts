import type { Statement } from './session';

/**
 * Acquires or renews the lease, by the clock of the database, and returns the mark; no row while
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

/** Counts that an operator accepted the clock. The first row has a lease that has expired. */
export const acceptClockStatement: Statement = {
  text: `
    INSERT INTO sweep AS present (number, holder, leased_until, clock_acceptances)
    VALUES (1, '', clock_timestamp(), 1)
    ON CONFLICT (number) DO UPDATE SET clock_acceptances = present.clock_acceptances + 1`,
};

export const clockAcceptancesStatement: Statement = {
  text: 'SELECT coalesce(max(clock_acceptances), 0) FROM sweep',
};

/** Reads the clock of the database, in milliseconds since 1970 UTC. */
export const nowStatement: Statement = {
  text: 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint',
};
