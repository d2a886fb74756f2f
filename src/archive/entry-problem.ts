import type { Account } from '../ledger/account';
import { decide } from '../ledger/decide';
import type { Allocation, Entry } from '../ledger/entry';
import { unreachable } from '../ledger/invariant';
import type { TransactionReversalEntry } from '../ledger/reversal-entry';
import type { Target } from '../ledger/target';
import type { AccountHistory } from './account-history';
import { type CommandEntry, commandOf } from './command-of';
import { commonProblem } from './common-problem';
import { rowsProblem } from './lapse-problem';
import { isInstant, shownInstant } from './shown-instant';
import { shownAllocation } from './shown-lot';

/**
 * Returns what is wrong with an entry as the next one of an account, as a clause to follow its
 * name, or null if the rule decides exactly this entry. What was due before it must have been
 * processed. Of the idempotency key, only the form is checked: the account does not hold the keys
 * of other entries. Costs as much as deciding.
 * @param target of an entry that names one; null if there is no such entry before it.
 */
export function entryProblem(
  account: Account,
  entry: CommandEntry,
  target: Target | null,
  history: AccountHistory,
): string | null {
  return (
    commonProblem(account, entry) ??
    valueProblem(entry) ??
    ruleProblem(account, entry, target, history)
  );
}

/** Checks what the rule requires of its input and does not check. */
function valueProblem(entry: CommandEntry): string | null {
  switch (entry.kind) {
    case 'transaction': {
      const { timestamp, availableFrom, expiresAt } = entry;
      return instantProblem({ timestamp, availableFrom, expiresAt });
    }
    case 'hold':
      return requestedProblem(entry) ?? instantProblem({ expiresAt: entry.expiresAt });
    case 'spend':
    case 'spendReversal':
      return requestedProblem(entry);
    case 'release':
      return null;
    case 'transactionReversal':
      return requestedProblem(entry) ?? spentPartProblem(entry);
    default:
      return unreachable(entry);
  }
}

function instantProblem(instants: { readonly [name: string]: number | undefined }): string | null {
  const isWrong = (value: number | undefined) => value !== undefined && !isInstant(value);
  const wrong = Object.keys(instants).find((name) => isWrong(instants[name]));
  return wrong === undefined ? null : `its ${wrong} is ${instants[wrong]}`;
}

function requestedProblem({ requested }: { readonly requested?: number | null }): string | null {
  if (requested === undefined || requested === null || Number.isSafeInteger(requested)) return null;
  return `its requested points are ${requested}`;
}

function spentPartProblem({ spentPart }: TransactionReversalEntry): string | null {
  if (spentPart === 'REFUSE' || spentPart === 'DEBIT') return null;
  return `its choice for the spent part is ${JSON.stringify(spentPart)}`;
}

function ruleProblem(
  account: Account,
  entry: CommandEntry,
  target: Target | null,
  history: AccountHistory,
): string | null {
  const given = { now: entry.recordedAt, id: entry.id, keyed: null, target, isRecorded: true };
  const decision = decide(account, commandOf(entry), given);
  if (decision.kind === 'refused') {
    return `the rule refuses it (${decision.refusal.code}): ${withoutStop(decision.refusal.message)}`;
  }
  return differenceOf(entry, decision.entry, history);
}

/** Compares what the rule chooses: the rest is from the command. */
function differenceOf(own: CommandEntry, right: Entry, history: AccountHistory): string | null {
  return (
    valuesProblem(own, right) ??
    allocationsProblem('allocation', listOf(own, 'allocations'), listOf(right, 'allocations')) ??
    allocationsProblem('released part', listOf(own, 'released'), listOf(right, 'released')) ??
    ('lapses' in own && 'lapses' in right ? rowsProblem(own.lapses, right.lapses, history) : null)
  );
}

/** What the rule chooses, or puts into a fixed form, in the words of a finding. */
const words = {
  timestamp: 'timestamp',
  points: 'number of points',
  requested: 'number of requested points',
  payers: 'choice of payers',
  payer: 'payer',
  total: 'total',
  fromLot: 'number of points from the lot',
  debited: 'number of debited points',
  lifted: 'number of lifted points',
} as const;

function valuesProblem(own: Entry, right: Entry): string | null {
  const [ownValues, rightValues] = [own, right].map((each) => new Map(Object.entries(each)));
  for (const [name, word] of Object.entries(words)) {
    const [is, should] = [ownValues!, rightValues!].map((values) => shown(name, values.get(name)));
    if (is !== should) return `its ${word} is ${is}, and by the rule ${should}`;
  }
  return null;
}

function shown(name: string, value: unknown): string {
  if (value === undefined) return 'missing';
  return name === 'timestamp' ? shownInstant(value as number) : JSON.stringify(value);
}

function listOf(entry: Entry, name: 'allocations' | 'released'): readonly Allocation[] {
  const values: { readonly [name: string]: unknown } = { ...entry };
  return (values[name] as readonly Allocation[] | undefined) ?? [];
}

function allocationsProblem(
  word: string,
  own: readonly Allocation[],
  right: readonly Allocation[],
): string | null {
  const count = Math.max(own.length, right.length);
  for (let at = 0; at < count; at += 1) {
    const [ownText, rightText] = [own[at], right[at]].map(shownOrNone);
    if (ownText !== rightText) {
      return `its ${word} ${at + 1} is ${ownText}, and by the rule ${rightText}`;
    }
  }
  return null;
}

function shownOrNone(allocation: Allocation | undefined): string {
  return allocation === undefined ? 'missing' : shownAllocation(allocation);
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
