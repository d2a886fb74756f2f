import { type Allocation, type Entry, isCapture, type SpendEntry } from './entry';
import { writeAllocations, writeRows } from './form-lists';
import type { FormWriter } from './form-writer';
import { unreachable } from './invariant';
import type { LapseRow } from './lapse-entry';
import { namesOf, type PayerChoice } from './payer-choice';
import type { SpendReversalEntry, TransactionReversalEntry } from './reversal-entry';

/** What a kind has besides what all have; a field that it does not have is absent. */
interface Fields {
  readonly entry: Entry;
  readonly payer?: string;
  readonly timestamp?: number;
  readonly availableFrom?: number;
  readonly expiresAt?: number;
  readonly target?: number;
  readonly requested?: number | null;
  readonly payers?: PayerChoice;
  readonly upTo?: boolean;
  readonly isDebit?: boolean;
  readonly keepRest?: boolean;
  readonly allocations?: readonly Allocation[];
  readonly released?: readonly Allocation[];
  readonly fromLot?: number;
  readonly debited?: number;
  readonly lifted?: number;
  readonly total?: number;
  readonly rows?: readonly LapseRow[];
}

/** Returns what an entry has beside the fields of all kinds. */
export function fieldsOf(entry: Entry): Fields {
  switch (entry.kind) {
    case 'transaction': {
      const { payer, timestamp, availableFrom, expiresAt, points: requested } = entry;
      return { entry, payer, timestamp, availableFrom, expiresAt, requested };
    }
    case 'spend':
      return fieldsOfSpend(entry);
    case 'hold': {
      const { expiresAt, requested, payers, upTo, allocations } = entry;
      return { entry, expiresAt, requested, payers, upTo, allocations };
    }
    case 'release': {
      const { target, allocations, lapses } = entry;
      return { entry, target, allocations, rows: lapses };
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
  const { allocations } = entry;
  if (isCapture(entry)) {
    const { target, requested, keepRest, released, total, lapses } = entry;
    return { entry, target, requested, keepRest, allocations, released, total, rows: lapses };
  }
  const { requested = entry.points, payers, upTo } = entry;
  return { entry, requested, payers, upTo, allocations };
}

function fieldsOfReversal(entry: SpendReversalEntry | TransactionReversalEntry): Fields {
  const { target, requested, total } = entry;
  const common = { entry, target, requested, total };
  if (entry.kind === 'spendReversal') {
    return { ...common, allocations: entry.allocations, rows: entry.lapses };
  }
  const { payer, timestamp, fromLot, debited, lifted } = entry;
  const isDebit = entry.spentPart === 'DEBIT';
  return { ...common, payer, timestamp, isDebit, fromLot, debited, lifted };
}

/** Writes the fields after the kind. */
export function writeFields(fields: Fields, to: FormWriter): void {
  const { entry, allocations, released, rows } = fields;
  to.text(fields.payer);
  to.number(entry.points);
  to.number(fields.timestamp);
  to.number(fields.availableFrom);
  to.number(fields.expiresAt);
  to.number(entry.recordedAt);
  to.number(fields.target);
  to.text(entry.reference);
  to.text(entry.idempotencyKey);
  to.number(fields.requested);
  writeChoice(fields.payers, to);
  writeFlag(fields.upTo, 'true', to);
  writeFlag(fields.isDebit, 'DEBIT', to);
  writeFlag(fields.keepRest, 'true', to);
  to.text(entry.actor);
  if (allocations === undefined) to.empty();
  else writeAllocations(allocations, to);
  if (released === undefined) to.empty();
  else writeAllocations(released, to);
  to.number(fields.fromLot);
  to.number(fields.debited);
  to.number(fields.lifted);
  to.number(fields.total);
  if (rows === undefined) to.empty();
  else writeRows(rows, to);
}

/** Writes `only` and `except`. */
function writeChoice(choice: PayerChoice | undefined, to: FormWriter): void {
  if (choice === undefined) {
    to.empty(2);
    return;
  }
  const names = namesOf(choice);
  const isOnly = 'only' in choice;
  if (!isOnly) to.empty();
  to.number(names.length);
  for (const name of names) to.text(name);
  if (isOnly) to.empty();
}

function writeFlag(value: boolean | undefined, word: string, to: FormWriter): void {
  if (value === true) to.word(word);
  else to.empty();
}
