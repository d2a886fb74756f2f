import { countOf } from '../ledger/count-of';
import { parseInstant } from '../ledger/instant';
import { type SweepResult, sweepStore } from '../service/sweep/sweep-store';
import { CommandError, type ExitCode, exitCodes } from './command-error';
import { consoleLogger } from './console-logger';
import { endOnSignal } from './interruption';
import { createProgress } from './progress';
import { type DurableStore, openForSweep, storeOf } from './store';

export interface SweepOptions {
  readonly database?: string;
  readonly until?: string;
  readonly acceptClock?: boolean;
  readonly json?: boolean;
}

/** Records what is due in all accounts of a store, and prints what was recorded. */
export async function recordDue(options: SweepOptions): Promise<ExitCode> {
  const store = storeOf(options.database);
  const until = untilOf(options);
  checkClockOption(options, store);
  endOnSignal('What was recorded stays; run the same command again for the rest.');
  const journal = await openForSweep(store);
  const progress = createProgress(0, 'Recording');
  try {
    const result = await sweepStore(journal, {
      until,
      acceptClock: options.acceptClock ?? false,
      logger: consoleLogger,
      onProgress: ({ accounts, entries, rows }) =>
        progress.show(rows, [
          countOf(rows, 'row'),
          countOf(entries, 'entry', 'entries'),
          countOf(accounts, 'account'),
        ]),
    });
    progress.clear();
    printResult(result, options);
    return result.failed === 0 ? exitCodes.done : exitCodes.doneWithFindings;
  } finally {
    progress.end();
  }
}

/** Returns milliseconds since 1970 UTC; undefined for now. */
function untilOf({ until }: SweepOptions): number | undefined {
  if (until === undefined) return undefined;
  const instant = parseInstant(until);
  if (typeof instant === 'number') return instant;
  throw new CommandError(
    `--until is ${JSON.stringify(until)}: ${instant}. It must be a date and time as in RFC 3339, ` +
      'such as 2026-12-01T00:00:00Z.',
  );
}

function checkClockOption({ acceptClock }: SweepOptions, { kind }: DurableStore): void {
  if (!acceptClock || kind === 'postgres') return;
  throw new CommandError(
    '--accept-clock is for PostgreSQL. A SQLite file has one server at most: restart it, and it takes the clock for right.',
  );
}

const rowIs = 'expiry, beginning or end of a hold was';
const rowsAre = 'expiries, beginnings and ends of holds were';

function printResult({ accounts, entries, rows, failed }: SweepResult, { json }: SweepOptions) {
  if (json) {
    console.log(JSON.stringify({ accounts, entries, rows, failed }));
    return;
  }
  console.log(
    rows === 0
      ? 'Nothing was due that is not recorded.'
      : `${countOf(rows, rowIs, rowsAre)} recorded in ` +
          `${countOf(entries, 'entry', 'entries')} of ${countOf(accounts, 'account')}.`,
  );
  if (failed === 0) return;
  const accountsFailed = countOf(failed, 'account');
  console.error(`points: what is due in ${accountsFailed} could not be recorded. Run it again.`);
}
