import {
  type Allocation,
  type Entry,
  isCapture,
  type SpendEntry,
  type TransactionEntry,
} from './entry';
import { unreachable } from './invariant';
import type { EndRow, LapseRow } from './lapse-entry';
import { namesOf, type PayerChoice } from './payer-choice';
import type { SpendReversalEntry, TransactionReversalEntry } from './reversal-entry';

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

/** Returns the form of an entry of format 1, where only kinds of part one of the rule exist. */
function formOfFormat1(entry: Entry): string {
  const { accountId, sequence, id, kind, points, recordedAt, reference, idempotencyKey } = entry;
  const [payer, timestamp] =
    entry.kind === 'transaction' ? [text(entry.payer), entry.timestamp] : [none, none];
  const allocations = entry.kind === 'spend' ? allocationsOfFormat1(entry.allocations) : none;
  return (
    `1\n=${accountId}\n${sequence}\n=${id}\n${kind}\n${payer}\n${points}\n${timestamp}\n` +
    `${recordedAt}\n${text(reference)}\n${text(idempotencyKey)}\n${allocations}`
  );
}

// The frequent kinds are written out, since this is on the path of every write. The fields between
// are those of kinds and choices that they do not have, which are null.

function formOfFormat2(entry: Entry): string {
  switch (entry.kind) {
    case 'transaction':
      return transactionForm(entry);
    case 'spend':
      return isPlain(entry) ? spendForm(entry) : formOf(fieldsOf(entry));
    case 'hold':
    case 'release':
    case 'spendReversal':
    case 'transactionReversal':
    case 'lapse':
      return formOf(fieldsOf(entry));
    default:
      return unreachable(entry);
  }
}

function transactionForm(entry: TransactionEntry): string {
  const { accountId, sequence, id, payer, points, timestamp, recordedAt } = entry;
  return (
    `2\n=${accountId}\n${sequence}\n=${id}\ntransaction\n=${payer}\n${points}\n${timestamp}\n` +
    `${number(entry.availableFrom)}\n${number(entry.expiresAt)}\n${recordedAt}\n` +
    `${noTarget}${text(entry.reference)}\n` +
    `${text(entry.idempotencyKey)}\n${points}\n${noChoices}${actor(entry)}${none}${noResults}`
  );
}

function isPlain(entry: SpendEntry): boolean {
  return !isCapture(entry) && entry.payers === undefined && entry.upTo === undefined;
}

function spendForm(entry: SpendEntry): string {
  const { accountId, sequence, id, points, recordedAt, allocations } = entry;
  return (
    `2\n=${accountId}\n${sequence}\n=${id}\nspend\n${none}\n${points}\n${none}\n` +
    `${noDates}${recordedAt}\n${noTarget}${text(entry.reference)}\n` +
    `${text(entry.idempotencyKey)}\n${points}\n${noChoices}${actor(entry)}` +
    `${allocationsOfFormat2(allocations)}${noResults}`
  );
}

/** `availableFrom` and `expiresAt`. */
const noDates = '\n\n';
/** The sequence of the entry that is reversed, captured or released. */
const noTarget = '\n';
/** `only`, `except`, `upTo`, `spentPart` and `keepRest`. */
const noChoices = '\n\n\n\n\n';
/** `released`, `fromLot`, `debited`, `lifted`, `total` and the lapse rows, after a line break. */
const noResults = '\n\n\n\n\n\n';

function actor(entry: Entry): string {
  return entry.actor === undefined ? '\n' : `=${entry.actor}\n`;
}

/** What a kind has besides what all have, as text; a field that it does not have is absent. */
interface Fields {
  readonly entry: Entry;
  readonly payer?: string;
  readonly timestamp?: number;
  readonly expiresAt?: number;
  readonly target?: number;
  readonly requested?: number | null;
  readonly payers?: PayerChoice;
  readonly upTo?: boolean;
  readonly spentPart?: string;
  readonly keepRest?: boolean;
  readonly allocations?: string;
  readonly released?: string;
  readonly fromLot?: number;
  readonly debited?: number;
  readonly lifted?: number;
  readonly total?: number;
  readonly rows?: readonly LapseRow[];
}

function fieldsOf(entry: Exclude<Entry, TransactionEntry>): Fields {
  switch (entry.kind) {
    case 'spend':
      return { ...fieldsOfSpend(entry), allocations: allocationsOfFormat2(entry.allocations) };
    case 'hold': {
      const { expiresAt, requested, payers, upTo } = entry;
      const allocations = allocationsOfFormat2(entry.allocations);
      return { entry, expiresAt, requested, payers, upTo, allocations };
    }
    case 'release': {
      const allocations = allocationsOfFormat2(entry.allocations);
      return { entry, target: entry.target, allocations, rows: entry.lapses };
    }
    case 'lapse':
      return { entry, rows: entry.rows };
    case 'spendReversal':
    case 'transactionReversal':
      return fieldsOfReversal(entry);
    default:
      return unreachable(entry);
  }
}

function fieldsOfSpend(entry: SpendEntry): Fields {
  if (isCapture(entry)) {
    const { target, requested, keepRest, total, lapses } = entry;
    const released = allocationsOfFormat2(entry.released);
    return { entry, target, requested, keepRest, released, total, rows: lapses };
  }
  const { requested = entry.points, payers, upTo } = entry;
  return { entry, requested, payers, upTo };
}

function fieldsOfReversal(entry: SpendReversalEntry | TransactionReversalEntry): Fields {
  const { target, requested, total } = entry;
  const common = { entry, target, requested, total };
  if (entry.kind === 'spendReversal') {
    const allocations = allocationsOfFormat2(entry.allocations);
    return { ...common, allocations, rows: entry.lapses };
  }
  const { payer, timestamp, fromLot, debited, lifted } = entry;
  const spentPart = entry.spentPart === 'DEBIT' ? 'DEBIT' : none;
  return { ...common, payer, timestamp, spentPart, fromLot, debited, lifted };
}

function formOf(fields: Fields): string {
  const { accountId, sequence, id, kind, points, recordedAt, reference, idempotencyKey } =
    fields.entry;
  const { allocations = none, released = none } = fields;
  return [
    `2\n=${accountId}\n${sequence}\n=${id}\n${kind}\n${text(fields.payer ?? null)}\n${points}`,
    `${number(fields.timestamp)}\n\n${number(fields.expiresAt)}\n${recordedAt}`,
    `${number(fields.target)}\n${text(reference)}\n${text(idempotencyKey)}`,
    `${number(fields.requested)}\n${choiceForm(fields.payers)}\n${flag(fields.upTo)}`,
    `${fields.spentPart ?? none}\n${flag(fields.keepRest)}\n${actor(fields.entry)}${allocations}\n${released}`,
    `${number(fields.fromLot)}\n${number(fields.debited)}\n${number(fields.lifted)}`,
    `${number(fields.total)}\n${fields.rows === undefined ? none : rowsForm(fields.rows)}`,
  ].join('\n');
}

/** Returns the form of `only` and `except`. */
function choiceForm(choice: PayerChoice | undefined): string {
  if (choice === undefined) return '\n';
  const names = namesOf(choice);
  const list = [names.length, ...names.map(text)].join('\n');
  return 'only' in choice ? `${list}\n` : `\n${list}`;
}

function rowsForm(rows: readonly LapseRow[]): string {
  return [rows.length, ...rows.map(rowForm)].join('\n');
}

/** Returns the form of a row, in which a field that its kind does not have is null. */
function rowForm(row: LapseRow): string {
  if (row.kind === 'end') return endForm(row);
  const { kind, at, sequence, timestamp, payer } = row;
  const place = `${kind}\n${at}\n${sequence}\n\n${timestamp}\n=${payer}`;
  if (row.kind === 'beginning') return `${place}\n${row.points}\n\n\n\n\n`;
  const { expired, settled, totals } = row;
  return `${place}\n\n${expired}\n${settled}\n${totals.expired}\n${totals.settled}\n`;
}

/** Returns the form of an end, which has no lot of its own and no payer: its allocations have. */
function endForm({ kind, at, hold, points, allocations }: EndRow): string {
  return `${kind}\n${at}\n\n${hold}\n\n\n${points}\n\n\n\n\n${allocationsOfFormat2(allocations)}`;
}

function flag(value: boolean | undefined): string {
  return value === true ? 'true' : none;
}

function text(value: string | null): string {
  return value === null ? none : `=${value}`;
}

function number(value: number | null | undefined): string {
  return value === null || value === undefined ? none : `${value}`;
}

function allocationsOfFormat1(allocations: readonly Allocation[]): string {
  let form = `${allocations.length}`;
  for (const { sequence, timestamp, payer, points } of allocations) {
    form += `\n${sequence}\n${timestamp}\n=${payer}\n${points}`;
  }
  return form;
}

function allocationsOfFormat2(allocations: readonly Allocation[]): string {
  let form = `${allocations.length}`;
  for (const { sequence, timestamp, payer, points, expiresAt } of allocations) {
    form += `\n${sequence}\n${timestamp}\n=${payer}\n${points}\n${number(expiresAt)}`;
  }
  return form;
}
