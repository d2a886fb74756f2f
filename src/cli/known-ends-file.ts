import { digestsMark, readDigests } from '../archive/digests-format';
import { ExportError } from '../archive/export-error';
import { endsOfExport, type KnownEnd } from '../archive/known-ends';
import { readExport } from '../archive/read-export';
import { compareCodePoints } from '../journal/code-point-order';
import { CommandError } from './command-error';
import type { InputFile } from './input-file';

/** The ends of accounts that a file knows, read in step with the accounts of a store. */
export class KnownEndsFile {
  private next: KnownEnd | null = null;
  private isStarted = false;

  private constructor(
    private readonly name: string,
    private readonly ends: AsyncIterator<KnownEnd>,
  ) {}

  /** Begins to read an export, or a file of digests. */
  static async open(file: InputFile, signal: AbortSignal): Promise<KnownEndsFile> {
    const isOfDigests = (await file.start()).includes(`"${digestsMark.format}"`);
    const ends = isOfDigests
      ? readDigests(file.open(signal))
      : endsOfExport(readExport(() => file.open(signal)));
    return new KnownEndsFile(file.name, ends[Symbol.asyncIterator]());
  }

  /**
   * Returns the ends of the accounts up to this one, by code point; null for all that are left.
   * Accounts are passed in their order.
   * @throws CommandError if the file is wrong.
   */
  async upTo(accountId: string | null): Promise<KnownEnd[]> {
    const found: KnownEnd[] = [];
    for (let end = await this.peek(); end !== null; end = await this.peek()) {
      if (accountId !== null && compareCodePoints(end.accountId, accountId) > 0) break;
      found.push(end);
      this.isStarted = false;
    }
    return found;
  }

  private async peek(): Promise<KnownEnd | null> {
    if (this.isStarted) return this.next;
    const { value, done } = await this.ends.next().catch((error) => {
      if (!(error instanceof ExportError)) throw error;
      const { message } = error;
      throw new CommandError(`--against is ${this.name}. ${message}`, undefined, { cause: error });
    });
    this.isStarted = true;
    this.next = done === true ? null : value;
    return this.next;
  }
}
