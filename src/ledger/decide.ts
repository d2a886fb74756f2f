import type { Account } from './account';
import type { AddTransaction, Command, SpendPoints } from './command';
import { decideCapture, decideHold, decideRelease } from './decide-hold';
import { decideReversal } from './decide-reversal';
import { type Circumstances, type Decision, refused } from './decision';
import type { Entry, LotSpendEntry, TransactionEntry } from './entry';
import { invariant, unreachable } from './invariant';
import { keyReused, neverSpendable, payerWouldGoNegative, pointsOutOfRange } from './refusals';
import { isSameInput } from './same-input';
import { choicesOf, takingOf } from './taking';
import { invalidInput } from './validate';
import type { Writable } from './writable';

/** The API numbers entries with 32 bits. An account that has so many takes no more. */
export const sequenceMax = 2_147_483_647;

export type { Circumstances, Decision };

/**
 * Judges a command and changes nothing. Whatever is due at the time of the account must have been
 * processed by `lapse`. Checks run in the order of `refusalCodes`. O(1) for an add
 * or a debit, O(k log P) for a spend or a hold that takes from k lots.
 */
export function decide(account: Account, command: Command, given: Circumstances): Decision {
  const refusal = invalidInput(account, command, given.isRecorded ?? false);
  if (refusal !== null) return { kind: 'refused', refusal };
  if (given.keyed !== null) return decideAgain(command, given.keyed);
  invariant(account.sequence < sequenceMax, 'an account has room for another entry');
  invariant(account.nextDue > account.timeAt(given.now), 'what is due is processed before');
  switch (command.kind) {
    case 'addTransaction':
      return decideTransaction(account, command, given);
    case 'spendPoints':
      return decideSpend(account, command, given);
    case 'holdPoints':
      return decideHold(account, command, given);
    case 'captureHold':
      return decideCapture(account, command, given);
    case 'releaseHold':
      return decideRelease(account, command, given);
    case 'reverseSpend':
    case 'reverseTransaction':
      return decideReversal(account, command, given);
    default:
      return unreachable(command);
  }
}

/**
 * Returns the first result for the same input under the same key, and refuses other input under
 * that key.
 */
function decideAgain(command: Command, keyed: Entry): Decision {
  return isSameInput(command, keyed)
    ? { kind: 'replayed', entry: keyed }
    : refused(keyReused(keyed.sequence));
}

function decideTransaction(
  account: Account,
  command: AddTransaction,
  given: Circumstances,
): Decision {
  const { payer, points, timestamp, availableFrom, expiresAt } = command;
  if (expiresAt !== undefined && expiresAt <= beginningOf(account, command, given)) {
    return refused(neverSpendable());
  }
  const balance = account.payers.get(payer)?.balance ?? 0;
  if (balance + points < 0) return refused(payerWouldGoNegative(payer, -points, balance));
  const rest = Number.MAX_SAFE_INTEGER - account.openPoints;
  if (points > rest) return refused(pointsOutOfRange(rest));
  const entry: TransactionEntry = {
    kind: 'transaction',
    id: given.id,
    accountId: account.id,
    sequence: account.sequence + 1,
    recordedAt: account.timeAt(given.now),
    reference: command.reference,
    idempotencyKey: command.idempotencyKey,
    digest: null,
    payer,
    points,
    timestamp,
  };
  if (availableFrom !== undefined || expiresAt !== undefined) setDates(entry, command);
  return { kind: 'accepted', entry };
}

/** Returns when the points can be spent first. */
function beginningOf(
  account: Account,
  { availableFrom }: AddTransaction,
  { now }: Circumstances,
): number {
  return Math.max(account.timeAt(now), availableFrom ?? Number.NEGATIVE_INFINITY);
}

/** Adds the dates one by one: spreading objects costs several times an add. */
function setDates(entry: Writable<TransactionEntry>, dates: AddTransaction): void {
  const { availableFrom, expiresAt } = dates;
  if (availableFrom !== undefined) entry.availableFrom = availableFrom;
  if (expiresAt !== undefined) entry.expiresAt = expiresAt;
}

function decideSpend(account: Account, command: SpendPoints, given: Circumstances): Decision {
  const taking = takingOf(account, command);
  if ('code' in taking) return refused(taking);
  const { allocations } = taking;
  const isPlain = command.payers === undefined && command.upTo !== true;
  const entry: LotSpendEntry = {
    kind: 'spend',
    id: given.id,
    accountId: account.id,
    sequence: account.sequence + 1,
    recordedAt: account.timeAt(given.now),
    reference: command.reference,
    idempotencyKey: command.idempotencyKey,
    digest: null,
    points: taking.points,
    allocations,
  };
  return { kind: 'accepted', entry: isPlain ? entry : withChoices(entry, command) };
}

function withChoices(entry: LotSpendEntry, command: SpendPoints): LotSpendEntry {
  const requested = command.upTo === true ? { requested: command.points } : {};
  return { ...entry, ...choicesOf(command), ...requested };
}
