import { writeDigests } from '../archive/digests-format';
import type { KnownEnd } from '../archive/known-ends';
import type { JournalReader } from '../journal/journal-reader';
import { countOf } from '../ledger/count-of';
import { interruption } from './interruption';
import { outputPath } from './output-file';
import { createProgress } from './progress';
import { openReader, storeOf } from './store';
import { writeFile, writeOut } from './write-text';

export interface DigestsOptions {
  readonly database?: string;
  readonly output?: string;
}

/** Writes the digest of the last entry of each account of a store. */
export async function digestsOfStore(options: DigestsOptions): Promise<void> {
  const { database } = options;
  const output = outputPath(options.output);
  const reader = await openReader(storeOf(database));
  try {
    if (output === undefined) return await writeOut(writeDigests(lastEntries(reader, () => {})));
    const progress = createProgress(0, 'Reading');
    let accounts = 0;
    const onAccount = () => {
      accounts += 1;
      progress.show(accounts, [countOf(accounts, 'account')]);
    };
    const text = writeDigests(lastEntries(reader, onAccount));
    await writeFile(text, output, progress, interruption());
    console.error(
      `Wrote the digest of the last entry of ${countOf(accounts, 'account')} to ${output}.`,
    );
  } finally {
    await reader.close();
  }
}

/** Yields the last entry of each account, by code point. */
async function* lastEntries(
  reader: JournalReader,
  onAccount: () => void,
): AsyncGenerator<Omit<KnownEnd, 'all'>> {
  let accountId = await reader.nextAccount(null);
  while (accountId !== null) {
    const range = { accountId, from: 1, to: Number.MAX_SAFE_INTEGER, limit: 1 };
    const [last] = await reader.entries({ ...range, order: 'descending' });
    if (last !== undefined) {
      const { sequence, digest } = last;
      yield { accountId, sequence, digest };
      onAccount();
    }
    accountId = await reader.nextAccount(accountId);
  }
}
