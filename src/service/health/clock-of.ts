import type { Journal } from '../../journal/journal';
import type { Logger } from '../../telemetry/logger';
import { ClockOffset } from './clock-offset';
import { LedgerClock } from './ledger-clock';

/**
 * Returns the clock of a service. A caller that passes in a clock means it; otherwise all servers
 * of a store use that of the store, if it has one.
 */
export function clockOf(journal: Journal, logger: Logger, now?: () => number): LedgerClock {
  if (now !== undefined || journal.now === undefined) {
    return new LedgerClock(now ?? Date.now, logger);
  }
  const measure = () => journal.now!();
  const monotonic = () => performance.now();
  const offset = new ClockOffset({ measure, local: Date.now, monotonic, logger });
  return new LedgerClock(Date.now, logger, offset);
}
