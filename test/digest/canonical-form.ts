import { Utf8Form } from '../../src/digest/utf8-form';
import { writeForm } from '../../src/ledger/canonical-form';
import type { Entry } from '../../src/ledger/entry';

/** Returns the canonical form of an entry as text. */
export function canonicalForm(entry: Entry, format: 1 | 2): string {
  const writer = new Utf8Form();
  writeForm(entry, format, writer);
  return Buffer.from(writer.joined()).toString('utf8');
}
