import { DigestOfAll } from '../digest/entry-digest';
import type { Entry } from '../ledger/entry';
import type { KnownEnd } from './known-ends';

/** Reports a finding of the account that is verified. */
export type Report = (
  entry: Pick<Entry, 'sequence' | 'id'> | number | null,
  problem: string,
) => void;

/** Compares the entries of an account with what a file knows of them. Later ones are accepted. */
export class KnownEndCheck {
  private readonly all = new DigestOfAll();
  private isFound = false;

  constructor(
    private readonly known: KnownEnd,
    private readonly report: Report,
  ) {}

  take(entry: Entry): void {
    const { known } = this;
    if (entry.sequence > known.sequence) return;
    if (known.all !== null) this.all.add(entry);
    if (entry.sequence !== known.sequence) return;
    this.isFound = true;
    if (entry.digest !== known.digest) {
      this.report(entry, `its digest is ${entry.digest}, and ${known.digest} in the file`);
    } else if (known.all !== null && known.all !== this.all.end()) {
      this.report(entry, 'the entries up to it are not those of the file');
    }
  }

  /** Ends the check. Call it after the last entry. */
  end(): void {
    if (!this.isFound) this.report(this.known.sequence, 'it is in the file, and missing here');
  }
}
