import type { KnownEnd } from '../archive/known-ends';
import { type Finding, verifyAccount } from '../archive/verify-account';
import type { JournalReader } from '../journal/journal-reader';
import { CommandError, type ExitCode, exitCodes } from './command-error';
import { type FindingsWriter, jsonFindings, plainFindings } from './findings-writer';
import { openInput } from './input-file';
import { interruption } from './interruption';
import { KnownEndsFile } from './known-ends-file';
import { counted, createProgress } from './progress';
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
    return await verifyAll(reader, known, json ? jsonFindings() : plainFindings(), signal);
  } finally {
    await reader.close();
    input?.dispose();
  }
}

async function verifyAll(
  reader: JournalReader,
  known: KnownEndsFile | null,
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
  const report = (finding: Finding) => {
    counts.findings += 1;
    progress.clear();
    writer.finding(finding);
  };
  /** Reports the accounts of the file before this one, which the store lacks. */
  const endOf = async (accountId: string | null): Promise<KnownEnd | null> => {
    const ends = (await known?.upTo(accountId)) ?? [];
    const own = ends.at(-1)?.accountId === accountId ? ends.pop()! : null;
    for (const end of ends) report(missingAccount(end));
    return own;
  };
  try {
    let accountId = await reader.nextAccount(null);
    while (accountId !== null && !signal.aborted) {
      counts.accounts += 1;
      const end = await endOf(accountId);
      await verifyAccount(reader, accountId, end, report, onEntries);
      accountId = await reader.nextAccount(accountId);
    }
    if (!signal.aborted) await endOf(null);
  } finally {
    progress.end();
  }
  writer.end(counts);
  if (signal.aborted) throw new CommandError('Interrupted.', exitCodes.interrupted);
  return counts.findings === 0 ? exitCodes.done : exitCodes.doneWithFindings;
}

function missingAccount({ accountId, sequence }: KnownEnd): Finding {
  return { accountId, sequence, id: null, problem: 'the account is in the file, and missing here' };
}
