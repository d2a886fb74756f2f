import type { Allocation, Entry, SpendEntry, TransactionEntry } from './entry';
import { unreachable } from './invariant';

/**
 * The formats of entries. Format 1 is of the versions before digests; entries written from now on
 * have format 2.
 */
export type EntryFormat = 1 | 2;

/** Returns the format of an entry that is stored: only entries of format 1 have no digest. */
export function formatOf({ digest }: Entry): EntryFormat {
  return digest === null ? 1 : 2;
}

/**
 * Returns the text of an entry that its digest covers: a list of fields, fixed per format and
 * joined by U+000A, which no text of an entry contains. `docs/digest.md` defines it with test
 * vectors. It must never change for a format: stored digests would no longer match. O(allocations).
 */
export function canonicalForm(entry: Entry, format: EntryFormat): string {
  switch (format) {
    case 1:
      return formOfFormat1(entry);
    case 2:
      return formOfFormat2(entry);
    default:
      return unreachable(format);
  }
}

/** An empty field. A text is never empty: it follows an equals sign. */
const none = '';

function formOfFormat1(entry: Entry): string {
  const { accountId, sequence, id, kind, points, recordedAt, reference, idempotencyKey } = entry;
  const [payer, timestamp, allocations] =
    entry.kind === 'transaction'
      ? [text(entry.payer), entry.timestamp, none]
      : [none, none, allocationsOfFormat1(entry.allocations)];
  return (
    `1\n=${accountId}\n${sequence}\n=${id}\n${kind}\n${payer}\n${points}\n${timestamp}\n` +
    `${recordedAt}\n${text(reference)}\n${text(idempotencyKey)}\n${allocations}`
  );
}

// Both kinds are written out, since this is on the path of every write. The fields between are
// those of kinds and choices that this version does not know, which are null in its entries.

function formOfFormat2(entry: Entry): string {
  return entry.kind === 'transaction' ? transactionForm(entry) : spendForm(entry);
}

function transactionForm(entry: TransactionEntry): string {
  const { accountId, sequence, id, payer, points, timestamp, recordedAt } = entry;
  return (
    `2\n=${accountId}\n${sequence}\n=${id}\ntransaction\n=${payer}\n${points}\n${timestamp}\n` +
    `${noDates}${recordedAt}\n${noTarget}${text(entry.reference)}\n` +
    `${text(entry.idempotencyKey)}\n${points}\n${noChoices}${noActor}${none}${noResults}`
  );
}

function spendForm(entry: SpendEntry): string {
  const { accountId, sequence, id, points, recordedAt, allocations } = entry;
  return (
    `2\n=${accountId}\n${sequence}\n=${id}\nspend\n${none}\n${points}\n${none}\n` +
    `${noDates}${recordedAt}\n${noTarget}${text(entry.reference)}\n` +
    `${text(entry.idempotencyKey)}\n${points}\n${noChoices}${noActor}` +
    `${allocationsOfFormat2(allocations)}${noResults}`
  );
}

/** `availableFrom` and `expiresAt`. */
const noDates = '\n\n';
/** The sequence of the entry that is reversed, captured or released. */
const noTarget = '\n';
/** `only`, `except`, `upTo`, `spentPart` and `keepRest`. */
const noChoices = '\n\n\n\n\n';
const noActor = '\n';
/** `released`, `fromLot`, `debited`, `lifted`, `total` and the lapse rows, after a line break. */
const noResults = '\n\n\n\n\n\n';

function text(value: string | null): string {
  return value === null ? none : `=${value}`;
}

function allocationsOfFormat1(allocations: readonly Allocation[]): string {
  let form = `${allocations.length}`;
  for (const { sequence, timestamp, payer, points } of allocations) {
    form += `\n${sequence}\n${timestamp}\n=${payer}\n${points}`;
  }
  return form;
}

/** The last field of each allocation is `expiresAt`. */
function allocationsOfFormat2(allocations: readonly Allocation[]): string {
  let form = `${allocations.length}`;
  for (const { sequence, timestamp, payer, points } of allocations) {
    form += `\n${sequence}\n${timestamp}\n=${payer}\n${points}\n${none}`;
  }
  return form;
}
