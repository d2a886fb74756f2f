import type { Logger } from '../../telemetry/logger';
import { faultFields } from '../health/store-fault';
import { type Runs, recordAccounts } from './record-accounts';

/** Accounts to be recorded soon; past it, they wait for the sweep. */
const accountsMax = 10_000;

/** What is known of an account that somebody subscribes to. */
export interface Followed {
  readonly accountId: string;
  /** The newest entry that subscribers know of. */
  readonly newestSequence: number;
}

/** How far an account was seen. */
export interface Seen {
  readonly sequence: number;
  /** When something is due next; in the past if something is not recorded. */
  readonly nextDue: number;
}

interface PromptRecorderOptions {
  readonly service: Runs;
  readonly logger: Logger;
  /** The time; null while nothing may be recorded. */
  readonly now: () => number | null;
  readonly followed: () => Iterable<Followed>;
  /** Returns what is cached of an account; null if it is not. */
  readonly cached: (accountId: string) => Seen | null;
}

/**
 * Records what is due soon after it was shown to a reader, and in the accounts that somebody
 * subscribes to: their subscribers receive the entry.
 */
export class PromptRecorder {
  private readonly shown = new Set<string>();
  /** Of followed accounts that are not cached. */
  private seen = new Map<string, Seen>();

  constructor(private readonly options: PromptRecorderOptions) {}

  /** Notes an account in which something that is due was shown and is not recorded. */
  note(accountId: string): void {
    if (this.shown.size < accountsMax) this.shown.add(accountId);
  }

  /** Records what was noted, and what became due in the accounts that are followed. */
  async run(): Promise<void> {
    const { now, logger } = this.options;
    const time = now();
    if (time === null) return;
    const accountIds = new Set([...this.shown, ...this.dueFollowed(time)]);
    this.shown.clear();
    try {
      const record = (accountId: string) => this.record(accountId);
      const errors = await recordAccounts([...accountIds], record, () => now() !== null);
      const failed = errors.filter((error) => error !== null);
      if (failed.length > 0) {
        const fields = { ...faultFields(failed[0]), accounts: failed.length };
        logger.warn(fields, 'What is due was not recorded');
      }
    } catch {
      // The outage is logged where it is noticed, and the sweep records it later.
    }
  }

  private async record(accountId: string): Promise<void> {
    const { service } = this.options;
    const [{ view }] = await service.run([
      {
        accountId,
        commands: [],
        records: true,
        view: (account): Seen | null =>
          account === null ? null : { sequence: account.sequence, nextDue: account.nextDue },
      },
    ]);
    this.seen.set(accountId, view ?? { sequence: 0, nextDue: Number.POSITIVE_INFINITY });
  }

  private dueFollowed(time: number): string[] {
    const seen = new Map<string, Seen>();
    const due: string[] = [];
    for (const { accountId, newestSequence } of this.options.followed()) {
      const known = this.options.cached(accountId) ?? this.seen.get(accountId);
      if (known !== undefined) seen.set(accountId, known);
      const isDue = known === undefined || known.sequence < newestSequence || known.nextDue <= time;
      if (isDue) due.push(accountId);
    }
    this.seen = seen;
    return due;
  }
}
