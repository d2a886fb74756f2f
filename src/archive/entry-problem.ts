import type { Account } from '../ledger/account';
import type { Command } from '../ledger/command';
import { decide } from '../ledger/decide';
import type { Allocation, Entry, TransactionEntry } from '../ledger/entry';
import { unreachable } from '../ledger/invariant';
import type { LapseEntry } from '../ledger/lapse-entry';
import type { TransactionReversalEntry } from '../ledger/reversal-entry';
import type { Target } from '../ledger/target';
import { type AccountHistory, isReversal, type ReversalEntry } from './account-history';
import { commonProblem } from './common-problem';
import { rowsProblem } from './lapse-problem';
import { isInstant, shownInstant } from './shown-instant';

/** An entry that a command made. */
type CommandEntry = Exclude<Entry, LapseEntry>;

/**
 * Returns what is wrong with an entry as the next one of an account, as a clause to follow its
 * name, or null if the rule decides exactly this entry. What was due before it must have been
 * processed. Of the idempotency key, only the form is checked: the account does not hold the keys
 * of other entries. Costs as much as deciding.
 * @param target of a reversal: what it names; null if there is no such entry before it.
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
    case 'transaction':
      return instantProblem(entry, ['timestamp', 'availableFrom', 'expiresAt']);
    case 'spend':
      return null;
    case 'spendReversal':
      return requestedProblem(entry);
    case 'transactionReversal':
      return requestedProblem(entry) ?? spentPartProblem(entry);
    default:
      return unreachable(entry);
  }
}

function instantProblem(
  entry: TransactionEntry,
  names: readonly ('timestamp' | 'availableFrom' | 'expiresAt')[],
): string | null {
  const isWrong = (value: number | undefined) => value !== undefined && !isInstant(value);
  const wrong = names.find((name) => isWrong(entry[name]));
  return wrong === undefined ? null : `its ${words[wrong]} is ${entry[wrong]}`;
}

function requestedProblem({ requested }: ReversalEntry): string | null {
  if (requested === null || Number.isSafeInteger(requested)) return null;
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

/** Returns the command that this entry must be the result of. */
function commandOf(entry: CommandEntry): Command {
  const { points, reference, idempotencyKey } = entry;
  const common = { reference, idempotencyKey };
  switch (entry.kind) {
    case 'transaction': {
      const { payer, timestamp, availableFrom, expiresAt } = entry;
      const dates = { availableFrom, expiresAt };
      return { kind: 'addTransaction', payer, points, timestamp, ...dates, ...common };
    }
    case 'spend':
      return { kind: 'spendPoints', points, ...common };
    case 'spendReversal': {
      const { target, requested } = entry;
      return { kind: 'reverseSpend', target, points: requested, ...common };
    }
    case 'transactionReversal': {
      const { target, requested, spentPart } = entry;
      return { kind: 'reverseTransaction', target, points: requested, spentPart, ...common };
    }
    default:
      return unreachable(entry);
  }
}

/** Compares what the rule chooses: the rest is from the command. */
function differenceOf(own: CommandEntry, right: Entry, history: AccountHistory): string | null {
  if (isReversal(own) && isReversal(right)) {
    const problem = valuesProblem(own, right);
    if (problem !== null) return problem;
  }
  if ('allocations' in own && 'allocations' in right) {
    const problem = allocationsProblem(own.allocations, right.allocations);
    if (problem !== null) return problem;
  }
  if (own.kind !== 'spendReversal' || right.kind !== 'spendReversal') return null;
  return rowsProblem(own.lapses, right.lapses, history);
}

const words = {
  timestamp: 'timestamp',
  availableFrom: 'availableFrom',
  expiresAt: 'expiresAt',
  points: 'number of points',
  payer: 'payer',
  total: 'total',
  fromLot: 'number of points from the lot',
  debited: 'number of debited points',
  lifted: 'number of lifted points',
} as const;

function valuesProblem(own: ReversalEntry, right: ReversalEntry): string | null {
  const [ownValues, rightValues] = [own, right].map((each) => new Map(Object.entries(each)));
  for (const [name, word] of Object.entries(words)) {
    const [is, should] = [ownValues!, rightValues!].map((values) => shown(name, values.get(name)));
    if (is !== should) return `its ${word} is ${is}, and by the rule ${should}`;
  }
  return null;
}

function shown(name: string, value: unknown): string {
  return name === 'timestamp' ? shownInstant(value as number) : JSON.stringify(value);
}

function allocationsProblem(
  own: readonly Allocation[],
  right: readonly Allocation[],
): string | null {
  const count = Math.max(own.length, right.length);
  for (let at = 0; at < count; at += 1) {
    const [ownText, rightText] = [own[at], right[at]].map(shownAllocation);
    if (ownText !== rightText) {
      return `its allocation ${at + 1} is ${ownText}, and by the rule ${rightText}`;
    }
  }
  return null;
}

function shownAllocation(allocation: Allocation | undefined): string {
  if (allocation === undefined) return 'missing';
  const { points, payer, sequence, timestamp, expiresAt } = allocation;
  const lot = `${points} points of ${JSON.stringify(payer)} from entry ${sequence}, earned at ${shownInstant(timestamp)}`;
  return expiresAt === undefined ? lot : `${lot}, that expire at ${shownInstant(expiresAt)}`;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
