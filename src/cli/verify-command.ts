import type { Command } from 'commander';
import { type Finding, verifyAccount } from '../archive/verify-account';
import type { JournalReader } from '../journal/journal-reader';
import { CommandError, type ExitCode, exitCodes } from './command-error';
import { interruption } from './interruption';
import { counted, createProgress } from './progress';
import { databaseHelp, databaseOption, openReader, storeOf } from './store';

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
    .action(async ({ database }: { readonly database?: string }) => {
      process.exitCode = await verify(database);
    });
}

async function verify(database: string | undefined): Promise<ExitCode> {
  const signal = interruption();
  const reader = await openReader(storeOf(database));
  try {
    return await verifyAll(reader, signal);
  } finally {
    await reader.close();
  }
}

async function verifyAll(reader: JournalReader, signal: AbortSignal): Promise<ExitCode> {
  const progress = createProgress(0, 'Verifying');
  const counts = { accounts: 0, entries: 0, findings: 0 };
  const onFinding = (finding: Finding) => {
    counts.findings += 1;
    progress.clear();
    console.log(lineOf(finding));
  };
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
      await verifyAccount(reader, accountId, onFinding, onEntries);
      accountId = await reader.nextAccount(accountId);
    }
  } finally {
    progress.end();
  }
  const result = resultOf(counts.findings);
  console.log(
    `${counted(counts.entries)} entries of ${counted(counts.accounts)} accounts: ${result}.`,
  );
  if (signal.aborted) throw new CommandError('Interrupted.', exitCodes.interrupted);
  return counts.findings === 0 ? exitCodes.done : exitCodes.doneWithFindings;
}

function resultOf(findings: number): string {
  if (findings === 0) return 'no findings';
  return findings === 1 ? '1 finding' : `${counted(findings)} findings`;
}

function lineOf({ accountId, sequence, id, problem }: Finding): string {
  const entry = sequence === null ? '' : `, entry ${sequence}`;
  const named = id === null ? '' : ` (${id})`;
  return `account ${JSON.stringify(accountId)}${entry}${named}: ${problem}.`;
}
