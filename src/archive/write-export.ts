import { DigestOfAll } from '../digest/entry-digest';
import type { Entry } from '../ledger/entry';
import type { ExportCounts, ExportWriter } from './export-format';
import { exportedEntry } from './exported-entry';

/** What an export holds, and the entries that its format leaves out. */
export interface WrittenCounts extends ExportCounts {
  leftOut: number;
}

/** Yields the text of an export, one page of entries at a time, and counts what it yields. */
export async function* writeExport(
  pages: AsyncIterable<readonly Entry[]>,
  writer: ExportWriter,
  counts: WrittenCounts = { accounts: 0, entries: 0, leftOut: 0 },
): AsyncGenerator<string> {
  const all = new DigestOfAll();
  yield writer.start();
  for await (const page of pages) {
    let text = '';
    for (const entry of page) {
      if (entry.sequence === 1) counts.accounts += 1;
      all.add(entry);
      const line = writer.entry(exportedEntry(entry));
      if (line === null) counts.leftOut += 1;
      else counts.entries += 1;
      text += line ?? '';
    }
    yield text;
  }
  const { accounts, entries } = counts;
  yield writer.end({ accounts, entries, digest: all.end() });
}
