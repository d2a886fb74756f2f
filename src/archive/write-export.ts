import { DigestOfAll } from '../digest/entry-digest';
import type { Entry } from '../ledger/entry';
import type { ExportCounts, ExportWriter } from './export-format';
import { exportedEntry } from './exported-entry';

/** Yields the text of an export, one page of entries at a time, and counts what it yields. */
export async function* writeExport(
  pages: AsyncIterable<readonly Entry[]>,
  writer: ExportWriter,
  counts: ExportCounts = { accounts: 0, entries: 0 },
): AsyncGenerator<string> {
  const all = new DigestOfAll();
  yield writer.start();
  for await (const page of pages) {
    let text = '';
    for (const entry of page) {
      if (entry.sequence === 1) counts.accounts += 1;
      counts.entries += 1;
      all.add(entry);
      text += writer.entry(exportedEntry(entry));
    }
    yield text;
  }
  yield writer.end({ ...counts, digest: all.end() });
}
