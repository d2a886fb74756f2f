import type { Account } from '../../ledger/account';
import type { Undo } from '../../ledger/evolve';
import { lapseEntry, processDue } from '../../ledger/lapse';
import type { LapseEntry, LapseRow } from '../../ledger/lapse-entry';

/**
 * What was due and is processed in the memory of one account, but not recorded. It is cached, so
 * that consecutive reads cost nothing, and lies on top of everything recorded: it must be undone
 * before an entry is applied or undone, and before a snapshot is written.
 */
export class ProcessedAhead {
  private processed: LapseRow[] = [];
  private undos: Undo[] = [];

  get rows(): readonly LapseRow[] {
    return this.processed;
  }

  /**
   * Processes what is due at `time`, up to `rowsMax` rows in all. Returns true if nothing is due
   * any more. O(1) if nothing was due.
   */
  advance(account: Account, time: number, rowsMax: number): boolean {
    // The clock went back behind a row: it is not due yet.
    if (this.processed.length > 0 && account.lapsedAt > time) this.undo();
    if (account.nextDue <= time) {
      const { rows, undo } = processDue(account, time, rowsMax - this.processed.length);
      this.processed.push(...rows);
      this.undos.push(undo);
    }
    return account.nextDue > time;
  }

  /** Restores the account exactly. */
  undo(): void {
    this.take().undo();
  }

  /**
   * Makes an entry of the rows, of which there must be some, as the account's next one. Its undo
   * restores the account from before the rows.
   */
  record(
    account: Account,
    given: { readonly now: number; readonly id: string },
  ): { readonly entry: LapseEntry; readonly undo: Undo } {
    const { sequence, recordedAt } = account;
    const { rows, undo } = this.take();
    const entry = lapseEntry(account, rows, given);
    account.sequence = entry.sequence;
    account.recordedAt = entry.recordedAt;
    return {
      entry,
      undo() {
        undo();
        account.sequence = sequence;
        account.recordedAt = recordedAt;
      },
    };
  }

  private take(): { readonly rows: readonly LapseRow[]; readonly undo: Undo } {
    const { processed: rows, undos } = this;
    this.processed = [];
    this.undos = [];
    return {
      rows,
      undo() {
        for (let index = undos.length - 1; index >= 0; index -= 1) undos[index]();
      },
    };
  }
}
