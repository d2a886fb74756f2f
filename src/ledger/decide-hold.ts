import type { Account } from './account';
import type { CaptureHold, HoldPoints, ReleaseHold } from './command';
import { type Circumstances, type Decision, refused, targetOf } from './decision';
import type { HoldEntry } from './hold-entry';
import { unreachable } from './invariant';
import { firstHeld, type OpenHold, openHoldsMax, restHeld } from './open-holds';
import type { Refusal } from './refusal';
import { entryNotFound, exceedsHeld, holdIsOver, holdsExceeded, neverSpendable } from './refusals';
import { lapsesOf } from './returned';
import { choicesOf, takingOf } from './taking';

/**
 * Decides a command about a hold. O(k log P) for a hold that takes from k lots, O(k) for others.
 */
export function decideHolding(
  account: Account,
  command: HoldPoints | CaptureHold | ReleaseHold,
  given: Circumstances,
): Decision {
  switch (command.kind) {
    case 'holdPoints':
      return decideHold(account, command, given);
    case 'captureHold':
      return decideCapture(account, command, given);
    case 'releaseHold':
      return decideRelease(account, command, given);
    default:
      return unreachable(command);
  }
}

/** Decides which points a hold takes: those that a spend would take. */
function decideHold(account: Account, command: HoldPoints, given: Circumstances): Decision {
  const { points: requested, expiresAt } = command;
  if (expiresAt <= account.timeAt(given.now)) return refused(neverSpendable());
  if (account.holds.size >= openHoldsMax) return refused(holdsExceeded(openHoldsMax));
  const taking = takingOf(account, command);
  if ('code' in taking) return refused(taking);
  const { points, allocations } = taking;
  const entry: HoldEntry = {
    kind: 'hold',
    id: given.id,
    accountId: account.id,
    sequence: account.sequence + 1,
    recordedAt: account.timeAt(given.now),
    reference: command.reference,
    idempotencyKey: command.idempotencyKey,
    digest: null,
    points,
    requested,
    expiresAt,
    allocations,
  };
  const isPlain = command.payers === undefined && command.upTo !== true;
  return { kind: 'accepted', entry: isPlain ? entry : { ...entry, ...choicesOf(command) } };
}

/** Decides which held points are spent. O(lots) of those captured and those that go back. */
function decideCapture(account: Account, command: CaptureHold, given: Circumstances): Decision {
  const hold = openHold(account, command, given);
  if ('code' in hold) return refused(hold);
  const { points: requested, keepRest } = command;
  const points = requested ?? hold.held;
  if (points > hold.held) return refused(exceedsHeld(hold.held));
  const released = keepRest ? [] : restHeld(hold, points);
  const taken = given.target!.entry.points;
  return {
    kind: 'accepted',
    entry: {
      kind: 'spend',
      id: given.id,
      accountId: account.id,
      sequence: account.sequence + 1,
      recordedAt: account.timeAt(given.now),
      reference: command.reference,
      idempotencyKey: command.idempotencyKey,
      digest: null,
      target: hold.sequence,
      points,
      requested,
      keepRest,
      // An open hold has released nothing yet.
      total: taken - hold.held + points,
      allocations: firstHeld(hold, points),
      released,
      lapses: lapsesOf(account, released, account.timeAt(given.now)),
    },
  };
}

/** Decides which points go back to their lots: all that are held. O(lots). */
function decideRelease(account: Account, command: ReleaseHold, given: Circumstances): Decision {
  const hold = openHold(account, command, given);
  if ('code' in hold) return refused(hold);
  const allocations = restHeld(hold);
  return {
    kind: 'accepted',
    entry: {
      kind: 'release',
      id: given.id,
      accountId: account.id,
      sequence: account.sequence + 1,
      recordedAt: account.timeAt(given.now),
      reference: command.reference,
      idempotencyKey: command.idempotencyKey,
      digest: null,
      target: hold.sequence,
      points: hold.held,
      allocations,
      lapses: lapsesOf(account, allocations, account.timeAt(given.now)),
    },
  };
}

/**
 * Returns the open hold that is named. An entry that is not a hold is not found: holds are named by
 * their ids only.
 */
function openHold(
  account: Account,
  command: CaptureHold | ReleaseHold,
  given: Circumstances,
): OpenHold | Refusal {
  const target = targetOf(command, given);
  if (target?.entry.kind !== 'hold') return entryNotFound();
  return account.holds.at(target.entry.sequence) ?? holdIsOver();
}
