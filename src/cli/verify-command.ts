import type { Command } from 'commander';
import { verifyAccount } from '../archive/verify-account';
import type { JournalReader } from '../journal/journal-reader';
import { CommandError, type ExitCode, exitCodes } from './command-error';
import { type FindingsWriter, jsonFindings, plainFindings } from './findings-writer';
import { interruption } from './interruption';
import { counted, createProgress } from './progress';
import { databaseHelp, databaseOption, openReader, storeOf } from './store';

interface VerifyOptions {
  readonly database?: string;
  readonly json?: boolean;
}

export function addVerify(points: Command): void {
  points
    .command('verify')
    .summary('replay all accounts and report what is wrong')
    .description(
      'Replays the entries of every account and compares each with what the rule decides: ' +
        'sequences, instants, balances, allocations, keys, snapshots. Changes nothing, and may run ' +
        'while a server uses the store. Prints a line for each finding.',
    )
    .option(databaseOption, databaseHelp)
    .option('--json', 'print the findings and the counts as one JSON object')
    .action(async (options: VerifyOptions) => {
      process.exitCode = await verify(options);
    });
}

async function verify({ database, json }: VerifyOptions): Promise<ExitCode> {
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
