import type { Allocation, Entry, EntryCommon } from '../ledger/entry';
import type { Choices } from '../ledger/hold-entry';
import type { ExpiryRow } from '../ledger/lapse-entry';
import type { TransactionReversalEntry } from '../ledger/reversal-entry';
import { checkChoice } from './entry-details';
import { readRows, type StoredRow } from './stored-rows';
import { membersOf } from './unknown-part';

/** What the kinds have of a row, besides what all have. */
interface KindColumns {
  readonly payer: string | null;
  readonly timestamp: number | null;
  readonly allocations: string | null;
  readonly target: number | null;
  readonly expiresAt: number | null;
  readonly input: string | null;
  readonly outcome: string | null;
}

type Common = EntryCommon & { readonly points: number };

/**
 * Reads an entry that is no plain add or spend; null if it lacks a value that its kind has.
 * @throws UnknownEntry, with what is not known as its message.
 */
export function entryOfKind(kind: string, common: Common, row: KindColumns): Entry | null {
  const { allocations, target, expiresAt, input, outcome } = row;
  if (kind === 'lapse') {
    return outcome === null ? null : { ...common, kind, rows: readOutcome(outcome).rows };
  }
  if (kind === 'transactionReversal') return transactionReversalOf(common, row);
  if (allocations === null) return null;
  const lots = JSON.parse(allocations) as Allocation[];
  if (kind === 'hold') {
    if (expiresAt === null || input === null) return null;
    const { requested, ...choices } = choicesOf(input);
    if (requested === undefined) return null;
    return { ...common, kind, requested, expiresAt, ...choices, allocations: lots };
  }
  if (kind === 'spend' && target === null) {
    return { ...common, kind, ...(input === null ? {} : choicesOf(input)), allocations: lots };
  }
  if (target === null || outcome === null) return null;
  if (kind === 'release') {
    const lapses = readOutcome(outcome).rows as ExpiryRow[];
    return { ...common, kind, target, allocations: lots, lapses };
  }
  if (input === null) return null;
  const { total, released, rows } = readTotalOutcome(outcome);
  const lapses = rows as ExpiryRow[];
  if (kind === 'spend') {
    const names = ['requested', 'keepRest'] as const;
    const given = membersOf<Pick<Captured, (typeof names)[number]>>('input', input, names);
    return { ...common, kind, target, ...given, total, released, lapses, allocations: lots };
  }
  if (kind !== 'spendReversal') return null;
  const { requested } = membersOf<Pick<Captured, 'requested'>>('input', input, ['requested']);
  return { ...common, kind, target, requested, total, allocations: lots, lapses };
}

interface Captured {
  readonly requested: number | null;
  readonly keepRest: boolean;
}

function transactionReversalOf(common: Common, row: KindColumns): Entry | null {
  const { payer, timestamp, target, input, outcome } = row;
  if (payer === null || timestamp === null || target === null) return null;
  if (input === null || outcome === null) return null;
  type Input = Pick<TransactionReversalEntry, 'requested' | 'spentPart'>;
  type Outcome = Pick<TransactionReversalEntry, 'fromLot' | 'debited' | 'lifted' | 'total'>;
  return {
    ...common,
    kind: 'transactionReversal',
    target,
    payer,
    timestamp,
    ...membersOf<Input>('input', input, ['requested', 'spentPart']),
    ...membersOf<Outcome>('outcome', outcome, ['fromLot', 'debited', 'lifted', 'total']),
  };
}

function choicesOf(input: string): Choices & { readonly requested?: number } {
  const choices = membersOf<Choices & { readonly requested?: number }>(
    'input',
    input,
    [],
    ['requested', 'payers', 'upTo'],
  );
  checkChoice(choices.payers);
  return choices;
}

function readOutcome(outcome: string) {
  return readRows(membersOf<{ rows: StoredRow[] }>('outcome', outcome, ['rows']).rows);
}

function readTotalOutcome(outcome: string) {
  const names = ['total', 'rows'] as const;
  const { total, rows } = membersOf<{ total: number; rows: StoredRow[] }>(
    'outcome',
    outcome,
    names,
  );
  return { total, ...readRows(rows) };
}
