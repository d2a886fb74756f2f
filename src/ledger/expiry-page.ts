import type { Account } from './account';
import { compareExpiries, type Expiry, type ExpiryKey, ExpiryWalk } from './expiry-walk';
import { type PageRange, type WalkedPage, walkedPage } from './walked-page';

interface ExpiryRange extends PageRange<ExpiryKey> {
  /** Exclusive, in milliseconds since 1970 UTC: what expires from then on is not listed. */
  readonly until: number | null;
}

/**
 * Returns what no debit covers of the lots that expire, by instant, then in the order of spending.
 * What it costs is said at {@link ExpiryWalk}.
 */
export function expiryPage(account: Account, { until, ...range }: ExpiryRange): WalkedPage<Expiry> {
  const end = until === null ? null : { at: until, timestamp: first, sequence: first };
  const order = {
    walk(step: 1 | -1, from: ExpiryKey | null) {
      const isPast = end !== null && (from === null || compareExpiries(end, from) < 0);
      const walk = new ExpiryWalk(account, step, step === -1 && isPast ? end : from);
      return () => {
        const expiry = walk.next();
        return expiry !== null && (until === null || expiry.at < until) ? expiry : null;
      };
    },
    keyOf: (expiry: Expiry) => expiry,
    compare: compareExpiries,
  };
  return walkedPage(order, range);
}

/** Before all lots that expire at an instant. */
const first = Number.NEGATIVE_INFINITY;
