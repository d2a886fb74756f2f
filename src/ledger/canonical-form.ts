import type { Entry } from './entry';
import { fieldsOf, writeFields } from './form-fields';
import { writeAllocations } from './form-lists';
import type { FormWriter } from './form-writer';
import { unreachable } from './invariant';

/**
 * The formats of entries. Format 1 is of the versions before digests; entries written from now on
 * have format 2.
 */
type EntryFormat = 1 | 2;

/** Returns the format of an entry that is stored: only entries of format 1 have no digest. */
export function formatOf({ digest }: Entry): EntryFormat {
  return digest === null ? 1 : 2;
}

/**
 * Writes the text of an entry that its digest covers: a list of fields, fixed per format, each
 * followed by U+000A, which no text of an entry contains. `docs/digest.md` defines it with test
 * vectors. It must never change for a format: stored digests would no longer match. O(allocations).
 */
export function writeForm(entry: Entry, format: EntryFormat, to: FormWriter): void {
  switch (format) {
    case 1:
      writeFormat1(entry, to);
      break;
    case 2:
      writeFormat2(entry, to);
      break;
    default:
      unreachable(format);
  }
}

/** Writes the form of an entry of format 1, where only kinds of part one of the rule exist. */
function writeFormat1(entry: Entry, to: FormWriter): void {
  const isTransaction = entry.kind === 'transaction';
  writeStart(entry, 1, to);
  to.text(isTransaction ? entry.payer : null);
  to.number(entry.points);
  to.number(isTransaction ? entry.timestamp : null);
  to.number(entry.recordedAt);
  to.text(entry.reference);
  to.text(entry.idempotencyKey);
  if (entry.kind === 'spend') writeAllocations(entry.allocations, to, { hasEnds: false });
  else to.empty();
}

/** Writes the fields that both formats begin with, up to the kind. */
function writeStart(entry: Entry, format: EntryFormat, to: FormWriter): void {
  to.number(format);
  to.text(entry.accountId);
  to.number(entry.sequence);
  to.text(entry.id);
  to.word(entry.kind);
}

function writeFormat2(entry: Entry, to: FormWriter): void {
  writeStart(entry, 2, to);
  writeFields(fieldsOf(entry), to);
}
