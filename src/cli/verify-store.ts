import { verifyAccount } from '../archive/verify-account';
import type { JournalReader } from '../journal/journal-reader';
import { CommandError, type ExitCode, exitCodes } from './command-error';
import { type FindingsWriter, jsonFindings, plainFindings } from './findings-writer';
import { interruption } from './interruption';
import { counted, createProgress } from './progress';
import { openReader, storeOf } from './store';

export interface VerifyOptions {
  readonly database?: string;
  readonly json?: boolean;
}

/** Verifies every account of a store, and prints the findings. */
export async function verifyStore({ database, json }: VerifyOptions): Promise<ExitCode> {
  const signal = interruption();
  const reader = await openReader(storeOf(database));
  try {
    return await verifyAll(reader, json ? jsonFindings() : plainFindings(), signal);
  } finally {
    await reader.close();
  }
}

async function verifyAll(
  reader: JournalReader,
  writer: FindingsWriter,
  signal: AbortSignal,
): Promise<ExitCode> {
  const progress = createProgress(0, 'Verifying');
  const counts = { accounts: 0, entries: 0, findings: 0 };
  const onEntries = (count: number) => {
    counts.entries += count;
    const { entries, accounts, findings } = counts;
    progress.show(entries, {
      entries: counted(entries),
      accounts: counted(accounts),
      findings: counted(findings),
    });
  };
  try {
    let accountId = await reader.nextAccount(null);
    while (accountId !== null && !signal.aborted) {
      counts.accounts += 1;
      const report = (finding: Parameters<FindingsWriter['finding']>[0]) => {
        counts.findings += 1;
        progress.clear();
        writer.finding(finding);
      };
      await verifyAccount(reader, accountId, report, onEntries);
      accountId = await reader.nextAccount(accountId);
    }
  } finally {
    progress.end();
  }
  writer.end(counts);
  if (signal.aborted) throw new CommandError('Interrupted.', exitCodes.interrupted);
  return counts.findings === 0 ? exitCodes.done : exitCodes.doneWithFindings;
}
