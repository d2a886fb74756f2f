import { ndjsonWriter } from '../../src/archive/export-format';
import { storeEntries } from '../../src/archive/store-entries';
import { type Finding, verifyAccount } from '../../src/archive/verify-account';
import { writeExport } from '../../src/archive/write-export';
import type { JournalReader } from '../../src/journal/journal-reader';
import type { MemoryJournal } from '../../src/journal/memory/journal';
import type { Entry } from '../../src/ledger/entry';

/** Reads entries that a test holds, right or wrong. */
function readerOf(entries: readonly Entry[]): JournalReader {
  const ids = [...new Set(entries.map(({ accountId }) => accountId))].sort();
  return {
    async entries({ accountId, from, to, limit }) {
      const found = entries.filter((entry) => entry.accountId === accountId);
      return found.filter(({ sequence }) => sequence >= from && sequence <= to).slice(0, limit);
    },
    nextAccount: async (after) => ids.find((id) => after === null || id > after) ?? null,
    snapshotHead: async () => null,
    snapshotPart: async () => null,
    close: async () => {},
  };
}

/** Verifies the account of these entries. */
export async function findingsOf(entries: readonly Entry[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  const note = (finding: Finding) => findings.push(finding);
  if (entries.length > 0)
    await verifyAccount(readerOf(entries), entries[0].accountId, null, note, () => {});
  return findings;
}

/** Returns the export of all entries as NDJSON. */
export async function exportOf(journal: MemoryJournal): Promise<string> {
  const reader: JournalReader = {
    entries: (range) => journal.entries(range),
    async nextAccount(after) {
      const range = { after, before: null, order: 'ascending', limit: 1 } as const;
      return (await journal.accounts(range))[0] ?? null;
    },
    snapshotHead: async () => null,
    snapshotPart: async () => null,
    close: async () => {},
  };
  let text = '';
  for await (const piece of writeExport(storeEntries(reader, null), ndjsonWriter)) text += piece;
  return text;
}
