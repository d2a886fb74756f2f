import type { KnownEnd } from '../archive/known-ends';
import { type Finding, verifyAccount } from '../archive/verify-account';
import type { JournalReader } from '../journal/journal-reader';
import { countOf } from '../ledger/count-of';
import { CommandError, type ExitCode, exitCodes } from './command-error';
import { type FindingsWriter, jsonFindings, plainFindings } from './findings-writer';
import { openInput } from './input-file';
import { interruption } from './interruption';
import { KnownEndsFile } from './known-ends-file';
import { createProgress } from './progress';
import { openReader, storeOf } from './store';

export interface VerifyOptions {
  readonly database?: string;
  readonly json?: boolean;
  readonly against?: string;
}

/** Verifies every account of a store, and prints the findings. */
export async function verifyStore({ database, json, against }: VerifyOptions): Promise<ExitCode> {
  const signal = interruption();
  const store = storeOf(database);
  const input = against === undefined ? null : await openInput(against, signal);
  const reader = await openReader(store);
  try {
    const known = input === null ? null : await KnownEndsFile.open(input, signal);
    const writer = json ? jsonFindings() : plainFindings();
    return await new StoreVerification(reader, known, writer, signal).run();
  } finally {
    await reader.close();
    input?.dispose();
  }
}

class StoreVerification {
  private readonly progress = createProgress(0, 'Verifying');
  private readonly counts = { accounts: 0, entries: 0, findings: 0 };

  constructor(
    private readonly reader: JournalReader,
    private readonly known: KnownEndsFile | null,
    private readonly writer: FindingsWriter,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws CommandError if it was interrupted; the counts are written before. */
  async run(): Promise<ExitCode> {
    const { progress, counts, writer, signal } = this;
    try {
      await this.verifyAccounts();
    } finally {
      progress.end();
    }
    writer.end(counts);
    if (signal.aborted) throw new CommandError('Interrupted.', exitCodes.interrupted);
    return counts.findings === 0 ? exitCodes.done : exitCodes.doneWithFindings;
  }

  private async verifyAccounts(): Promise<void> {
    const { reader, signal, counts } = this;
    const report = (finding: Finding) => this.report(finding);
    const onEntries = (count: number) => this.countEntries(count);
    let accountId = await reader.nextAccount(null);
    while (accountId !== null && !signal.aborted) {
      counts.accounts += 1;
      const end = await this.knownEnd(accountId);
      await verifyAccount(reader, accountId, end, report, onEntries);
      accountId = await reader.nextAccount(accountId);
    }
    if (!signal.aborted) await this.knownEnd(null);
  }

  /**
   * Returns what the file knows of an account; null if nothing. Reports the accounts of the file
   * before it, which the store lacks; all that are left if `accountId` is null.
   */
  private async knownEnd(accountId: string | null): Promise<KnownEnd | null> {
    const ends = (await this.known?.upTo(accountId)) ?? [];
    const own = ends.at(-1)?.accountId === accountId ? ends.pop()! : null;
    for (const end of ends) this.report(missingAccount(end));
    return own;
  }

  private report(finding: Finding): void {
    this.counts.findings += 1;
    this.progress.clear();
    this.writer.finding(finding);
  }

  private countEntries(count: number): void {
    this.counts.entries += count;
    const { entries, accounts, findings } = this.counts;
    this.progress.show(entries, [
      countOf(entries, 'entry', 'entries'),
      countOf(accounts, 'account'),
      countOf(findings, 'finding'),
    ]);
  }
}

function missingAccount({ accountId, sequence }: KnownEnd): Finding {
  return { accountId, sequence, id: null, problem: 'the account is in the file, and missing here' };
}
