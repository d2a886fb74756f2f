import type { Account } from '../ledger/account';
import type { Command } from '../ledger/command';
import { decide } from '../ledger/decide';
import type { Allocation, Entry, SpendEntry } from '../ledger/entry';
import { instantMax, instantMin } from '../ledger/instant';
import { broken } from '../ledger/invariant';
import { isText } from '../ledger/text';

/**
 * Returns what is wrong with an entry as the next one of an account, as a clause to follow its
 * name, or null if the rule decides exactly this entry. Of the idempotency key, only the form is
 * checked: the account does not hold the keys of other entries. Costs as much as deciding.
 */
export function entryProblem(account: Account, entry: Entry): string | null {
  if (entry.sequence !== account.sequence + 1) {
    return `it is in the place of entry ${account.sequence + 1}`;
  }
  if (entry.recordedAt < account.recordedAt) {
    const [previous, own] = [account.recordedAt, entry.recordedAt].map(shownInstant);
    return `it was recorded at ${own}, before the entry that precedes it (${previous})`;
  }
  return valueProblem(entry) ?? ruleProblem(account, entry);
}

/** Checks what the rule requires of its input and does not check. */
function valueProblem(entry: Entry): string | null {
  if (!Number.isSafeInteger(entry.points)) return `its points are ${entry.points}`;
  if (!isInstant(entry.recordedAt)) return `it was recorded at ${entry.recordedAt}`;
  if (entry.id === '') return 'it has no id';
  if (!isText(entry.id)) return `its id is ${JSON.stringify(entry.id)}`;
  if (entry.kind === 'transaction' && !isInstant(entry.timestamp)) {
    return `its timestamp is ${entry.timestamp}`;
  }
  return null;
}

function ruleProblem(account: Account, entry: Entry): string | null {
  const given = { now: entry.recordedAt, id: entry.id, keyed: null, isRecorded: true };
  const decision = decide(account, commandOf(entry), given);
  if (decision.kind === 'refused') {
    return `the rule refuses it (${decision.refusal.code}): ${withoutStop(decision.refusal.message)}`;
  }
  const { entry: right } = decision;
  if (entry.kind !== 'spend' || right.kind !== 'spend') return null;
  return allocationsProblem(entry, right);
}

/** Returns the command that this entry must be the result of. */
function commandOf(entry: Entry): Command {
  const { points, reference, idempotencyKey } = entry;
  if (entry.kind === 'spend') return { kind: 'spendPoints', points, reference, idempotencyKey };
  if (entry.kind !== 'transaction')
    return broken(`entries of kind ${entry.kind} are not verified yet`);
  const { payer, timestamp } = entry;
  return { kind: 'addTransaction', payer, points, timestamp, reference, idempotencyKey };
}

function allocationsProblem(entry: SpendEntry, right: SpendEntry): string | null {
  const count = Math.max(entry.allocations.length, right.allocations.length);
  for (let at = 0; at < count; at += 1) {
    const [own, other] = [entry.allocations[at], right.allocations[at]].map(shownAllocation);
    if (own !== other) return `its allocation ${at + 1} is ${own}, and by the rule ${other}`;
  }
  return null;
}

function shownAllocation(allocation: Allocation | undefined): string {
  if (allocation === undefined) return 'missing';
  const { points, payer, sequence, timestamp } = allocation;
  return `${points} points of ${JSON.stringify(payer)} from entry ${sequence}, earned at ${shownInstant(timestamp)}`;
}

function isInstant(milliseconds: number): boolean {
  return (
    Number.isSafeInteger(milliseconds) && milliseconds >= instantMin && milliseconds <= instantMax
  );
}

function shownInstant(milliseconds: number): string {
  return isInstant(milliseconds) ? new Date(milliseconds).toISOString() : String(milliseconds);
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
