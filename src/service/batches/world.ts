import type { Entry } from '../../ledger/entry';
import type { Target } from '../../ledger/target';
import type { LedgerClock } from '../health/ledger-clock';
import { clockUnusable } from '../service-error';

/** What is passed in from outside for one batch. */
export interface World {
  /** Milliseconds since 1970 UTC, read once per batch; null while the clock is unusable. */
  readonly now: number | null;
  /** When accounts are shown: `now`, or an estimate of it; null for when they were changed last. */
  readonly shownAt: number | null;
  readonly newId: () => string;
  readonly clock: Pick<LedgerClock, 'noteBehind'>;
}

/** What was read for the jobs of one account, in one consistent read. */
export interface Found {
  /** The entries that carry the jobs' idempotency keys; those of the batch are added. */
  readonly keyed: Map<string, Entry>;
  /** What is recorded of the entries that the jobs reverse, by sequence. */
  readonly targets: ReadonlyMap<number, Target>;
}

/** @throws ServiceUnavailable while the clock is unusable. */
export function nowOf({ now }: World): number {
  if (now === null) throw clockUnusable();
  return now;
}
