import { setImmediate as nextIteration } from 'node:timers/promises';
import { seal } from '../../digest/entry-digest';
import type { AppendResult, Journal } from '../../journal/journal';
import { appendSettled, type Patience } from '../batches/settled-append';
import type { LedgerClock } from '../health/ledger-clock';
import type { StoreWatch } from '../health/store-watch';
import { clockUnusable, OutcomeUnknown } from '../service-error';
import type { ResidentAccount } from './resident-account';

interface LapseRecorderOptions {
  readonly journal: Journal;
  readonly store: StoreWatch;
  readonly clock: LedgerClock;
  readonly newId: () => string;
  readonly patience: Patience;
  /** Resolves at the end of the present batches of other accounts, if there are any. */
  readonly batchEnd: () => Promise<void>;
}

/** Records what is due in an account, if it is more than one entry holds. */
export class LapseRecorder {
  constructor(private readonly options: LapseRecorderOptions) {}

  /**
   * Appends entries of the most rows until the rest fits in one entry. A batch of other accounts is
   * served between two appends. Returns early after a conflict: the account is then stale, and has
   * to be caught up first. Rejects as the journal does; what was appended until then is kept. The
   * account must be occupied.
   */
  async record(resident: ResidentAccount): Promise<void> {
    for (;;) {
      const now = this.options.clock.read();
      if (now === null) throw clockUnusable();
      if (resident.advance(now)) return;
      if ((await this.append(resident, now)) === 'conflict') return;
      await nextIteration();
      await this.options.batchEnd();
    }
  }

  private async append(resident: ResidentAccount, now: number): Promise<AppendResult> {
    const { journal, store, newId, patience } = this.options;
    const { accountId, mark: after } = resident;
    const { entry, undo } = resident.recordAhead({ now, id: newId() });
    seal([entry], after?.digest ?? null);
    try {
      const [result] = await appendSettled(
        journal,
        [{ accountId, after, entries: [entry] }],
        patience,
      );
      if (result === 'appended') resident.announce(after, [entry]);
      else this.lose(resident, undo);
      return result;
    } catch (error) {
      undo();
      store.writesFailed(error, 1);
      throw error;
    }
  }

  private lose(resident: ResidentAccount, undo: () => void): void {
    undo();
    resident.markStale();
    resident.contention.noteLostRace(false);
  }
}

/** True if the cached account may differ from the journal after this error. */
export function isLostAfter(resident: ResidentAccount, error: unknown): boolean {
  return error instanceof OutcomeUnknown || resident.fault !== null;
}
