import type { Account } from './account';
import { compareExpiries, type Expiry, type ExpiryKey, ExpiryWalk } from './expiry-walk';
import { type PageRange, type WalkedPage, walkedPage } from './walked-page';

interface ExpiryRange extends PageRange<ExpiryKey> {
  /** Exclusive, in milliseconds since 1970 UTC: what expires from then on is not listed. */
  readonly until: number | null;
}

interface ExpiryPage extends WalkedPage<Expiry> {
  /** How many nodes of lots were opened to find the page. */
  readonly opened: number;
}

/**
 * Returns what no debit covers of the lots that expire, by instant, then in the order of spending.
 * What it costs is said at {@link ExpiryWalk}.
 */
export function expiryPage(account: Account, { until, ...range }: ExpiryRange): ExpiryPage {
  const walks: ExpiryWalk[] = [];
  const end = until === null ? null : { at: until, timestamp: first, sequence: first };
  const order = {
    walk(step: 1 | -1, from: ExpiryKey | null) {
      const isPast = end !== null && (from === null || compareExpiries(end, from) < 0);
      const walk = new ExpiryWalk(account, step, step === -1 && isPast ? end : from);
      walks.push(walk);
      return () => {
        const expiry = walk.next();
        return expiry !== null && (until === null || expiry.at < until) ? expiry : null;
      };
    },
    keyOf: (expiry: Expiry) => expiry,
    compare: compareExpiries,
  };
  const page = walkedPage(order, range);
  return { ...page, opened: walks.reduce((sum, { opened }) => sum + opened, 0) };
}

/** Before all lots that expire at an instant. */
const first = Number.NEGATIVE_INFINITY;
