import type { Account } from './account';
import type { CaptureHold, HoldPoints, ReleaseHold } from './command';
import { type Circumstances, type Decision, refused, targetOf } from './decision';
import type { Allocation } from './entry-common';
import type { HoldEntry } from './hold-entry';
import type { ExpiryRow } from './lapse-entry';
import type { OpenHold } from './open-hold';
import { openHoldsMax } from './open-holds';
import type { Refusal } from './refusal';
import { entryNotFound, exceedsHeld, holdIsOver, holdsExceeded, neverSpendable } from './refusals';
import { lapsesOf } from './returned';
import { choicesOf, takingOf } from './taking';

/** Decides which points a hold takes: those that a spend would take. O(k log P) for k lots. */
export function decideHold(account: Account, command: HoldPoints, given: Circumstances): Decision {
  const { points: requested, expiresAt } = command;
  const recordedAt = account.timeAt(given.now);
  if (expiresAt <= recordedAt) return refused(neverSpendable());
  if (account.holds.size >= openHoldsMax) return refused(holdsExceeded(openHoldsMax));
  const taking = takingOf(account, command);
  if ('code' in taking) return refused(taking);
  const { points, allocations } = taking;
  const entry: HoldEntry = {
    kind: 'hold',
    id: given.id,
    accountId: account.id,
    sequence: account.sequence + 1,
    recordedAt,
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

const nothing: readonly Allocation[] = [];
const noRows: readonly ExpiryRow[] = [];

/** Decides which held points are spent. O(lots) of those captured and those that go back. */
export function decideCapture(
  account: Account,
  command: CaptureHold,
  given: Circumstances,
): Decision {
  const hold = openHold(account, command, given);
  if ('code' in hold) return refused(hold);
  const { points: requested, keepRest } = command;
  const points = requested ?? hold.held;
  if (points > hold.held) return refused(exceedsHeld(hold.held));
  const released = keepRest ? nothing : hold.rest(points);
  const taken = given.target!.entry.points;
  const recordedAt = account.timeAt(given.now);
  return {
    kind: 'accepted',
    entry: {
      kind: 'spend',
      id: given.id,
      accountId: account.id,
      sequence: account.sequence + 1,
      recordedAt,
      reference: command.reference,
      idempotencyKey: command.idempotencyKey,
      digest: null,
      target: hold.sequence,
      points,
      requested,
      keepRest,
      // An open hold has released nothing yet.
      total: taken - hold.held + points,
      allocations: hold.first(points),
      released,
      lapses: released.length === 0 ? noRows : lapsesOf(account, released, recordedAt),
    },
  };
}

/** Decides which points go back to their lots: all that are held. O(lots). */
export function decideRelease(
  account: Account,
  command: ReleaseHold,
  given: Circumstances,
): Decision {
  const hold = openHold(account, command, given);
  if ('code' in hold) return refused(hold);
  const allocations = hold.rest();
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
