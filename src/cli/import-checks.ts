import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { namesNoAccount, noAccountText } from '../import/account-required';
import { addedBefore, addedBeforeText } from '../import/added-before';
import type { ReadingOptions } from '../import/reading-options';
import type { Survey } from '../import/survey-import';
import { unusualDatesText } from '../import/unusual-dates';
import { DefaultAccountDocument, NewestKeysDocument } from '../operations/generated/operations';
import { CommandError } from './command-error';
import type { ImportOptions } from './import-options';
import { type LedgerClient, RequestRefused } from './ledger-client';

/**
 * Asks whether to import dates before 1970 or more than a year ahead.
 * @throws CommandError if the user declines, or if there is no terminal to ask.
 */
export async function confirmDates(
  { unusualDates }: Survey,
  { acceptDates }: ImportOptions,
  signal: AbortSignal,
): Promise<void> {
  if (unusualDates === null || acceptDates) return;
  const text = unusualDatesText(unusualDates);
  if (await isConfirmed(`${text} Import the file? [y/N] `, signal)) return;
  throw new CommandError(
    `${text} Nothing was sent. If the dates are right, import with --accept-dates.`,
  );
}

async function isConfirmed(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // readline receives Ctrl-C in place of the process; Ctrl-D closes it without a response.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = once(terminal, 'close').then(() => '');
  try {
    const response = await Promise.race([terminal.question(question, { signal }), closed]);
    return /^\s*y(es)?\s*$/i.test(response);
  } finally {
    terminal.close();
  }
}

/**
 * Returns how to read the rows if some name no account: a ledger without a default account refuses
 * them.
 * @throws CommandError if it would refuse every row.
 */
export async function forDefaultAccount(
  client: LedgerClient,
  survey: Survey,
  reading: ReadingOptions,
): Promise<ReadingOptions> {
  if (survey.withoutAccount === 0 || (await hasDefaultAccount(client))) return reading;
  if (!namesNoAccount(survey)) return { ...reading, requiresAccount: true };
  throw new CommandError(
    `${noAccountText} Nothing was sent. Add a column account_id, or import with ` +
      '--set account_id=… if all rows are for one account.',
  );
}

async function hasDefaultAccount(client: LedgerClient): Promise<boolean> {
  try {
    await client.request(DefaultAccountDocument, {});
    return true;
  } catch (error) {
    if (error instanceof RequestRefused && error.code === 'GRAPHQL_VALIDATION_FAILED') return false;
    throw error;
  }
}

/** @throws CommandError if the rows of the file were added before under another name. */
export async function checkNotAdded(
  client: LedgerClient,
  { sample }: Survey,
  name: string,
  { again }: ImportOptions,
): Promise<void> {
  if (again) return;
  const found = await addedBefore(sample, name, (accountId) => newestKeys(client, accountId));
  if (found === null) return;
  throw new CommandError(
    `${addedBeforeText(found)} Nothing was sent. To add only what is new, import it with --name ` +
      `${JSON.stringify(found.name)}; to add all of its rows again, with --again.`,
  );
}

async function* newestKeys(
  client: LedgerClient,
  id: string,
): AsyncGenerator<readonly (string | null)[]> {
  for (let after: string | null = null; ; ) {
    const response: Awaited<ReturnType<typeof keysAfter>> = await keysAfter(client, id, after);
    if (response === null) return;
    yield response.history.nodes.map(({ idempotencyKey }) => idempotencyKey);
    if (!response.history.pageInfo.hasNextPage) return;
    after = response.history.pageInfo.endCursor;
  }
}

async function keysAfter(client: LedgerClient, id: string, after: string | null) {
  return (await client.request(NewestKeysDocument, { id, after })).account;
}
