import { createInterface } from 'node:readline/promises';
import { addedBefore, addedBeforeText } from '../import/added-before';
import type { Survey } from '../import/survey-import';
import { unusualDatesText } from '../import/unusual-dates';
import { NewestKeysDocument } from '../operations/generated/operations';
import { CommandError } from './command-error';
import type { ImportOptions } from './import-options';
import type { LedgerClient } from './ledger-client';

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
  try {
    return /^\s*y(es)?\s*$/i.test(await terminal.question(question, { signal }));
  } finally {
    terminal.close();
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
