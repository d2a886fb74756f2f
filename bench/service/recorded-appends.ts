import type { Append, Journal } from '../../src/journal/journal';
import type { Entry } from '../../src/ledger/entry';

/** Records what a journal is given to append, batch by batch. */
export class RecordedAppends {
  private batches: Entry[][] = [];

  constructor(journal: Journal) {
    const append = journal.append.bind(journal);
    journal.append = (appends: readonly Append[]) => {
      this.batches.push(appends.flatMap(({ entries }) => entries));
      return append(appends);
    };
  }

  /** Returns what was recorded since the last call. */
  take(): Entry[][] {
    const { batches } = this;
    this.batches = [];
    return batches;
  }
}
