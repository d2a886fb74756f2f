import type { Account } from './account';
import { withEnd } from './change';
import type { HoldPoints, SpendPoints } from './command';
import type { Allocation } from './entry';
import type { Choices } from './hold-entry';
import { invariant } from './invariant';
import { endAt } from './lot-ends';
import { sequenceAt, timestampAt } from './lot-node';
import { LotWalk, Walker } from './lot-walk';
import { canonicalChoice, namesOf, type PayerChoice } from './payer-choice';
import type { PayerLots } from './payer-lots';
import type { InsufficientPoints } from './refusal';
import { insufficientPoints } from './refusals';

/** What a spend or a hold takes. */
interface Taking {
  readonly points: number;
  /** Oldest first. */
  readonly allocations: readonly Allocation[];
}

type TakingCommand = SpendPoints | HoldPoints;

/**
 * Returns the oldest points of the chosen payers that no debit covers, or why there are too few.
 * O((k + w) log P) for k lots and w names of payers.
 */
export function takingOf(account: Account, command: TakingCommand): Taking | InsufficientPoints {
  const { payers, upTo } = command;
  const available = payers === undefined ? account.points : pointsOf(account, payers);
  const points = upTo === true ? Math.min(command.points, available) : command.points;
  if (points > available || points === 0) return tooFew(command, available);
  const allocations =
    payers === undefined ? oldestFree(account, points) : oldestOf(account, points, payers);
  return { points, allocations };
}

const noChoices: Choices = {};

/** Returns the choices of a command as its entry stores them. */
export function choicesOf({ payers, upTo }: TakingCommand): Choices {
  if (payers === undefined && upTo !== true) return noChoices;
  return {
    ...(payers === undefined ? {} : { payers: canonicalChoice(payers) }),
    ...(upTo === true ? { upTo } : {}),
  };
}

function tooFew({ points, payers }: TakingCommand, available: number): InsufficientPoints {
  if (payers === undefined) return insufficientPoints(points, available);
  return insufficientPoints(points, available, 'The chosen payers have');
}

function pointsOf(account: Account, choice: PayerChoice): number {
  let points = 0;
  for (const name of new Set(namesOf(choice))) points += account.payers.get(name)?.balance ?? 0;
  return 'only' in choice ? points : account.points - points;
}

/**
 * Returns what the oldest free points are taken from. Mostly it is the payer's next lot and no
 * more, without a walk over the payers.
 */
function oldestFree(account: Account, points: number): Allocation[] {
  const first = account.order.items[0]!;
  if (first.free >= points) return [allocationOf(first, points)];
  return walked(LotWalk.fromOldest(account.order), points);
}

function allocationOf({ payer, leaf, index }: PayerLots | Walker, points: number): Allocation {
  invariant(leaf !== null, 'points are taken from a lot');
  const timestamp = timestampAt(leaf, index);
  const sequence = sequenceAt(leaf, index);
  return withEnd({ payer, timestamp, sequence, points }, endAt(leaf, index));
}

/** Visits no lot of payers that are not chosen. */
function oldestOf(account: Account, points: number, choice: PayerChoice): Allocation[] {
  const names = new Set(namesOf(choice));
  if ('except' in choice) return walked(LotWalk.fromOldest(account.order), points, names);
  const walkers = Array.from(names, (name) => account.payers.get(name))
    .filter((payer) => payer !== undefined)
    .map((payer) => new Walker(payer, payer.leaf, payer.index));
  return walked(LotWalk.from(walkers, 1), points);
}

/** Requires that there are so many points. */
function walked(walk: LotWalk, points: number, except?: ReadonlySet<string>): Allocation[] {
  const allocations: Allocation[] = [];
  let rest = points;
  for (;;) {
    const walker = walk.current!;
    if (except?.has(walker.payer)) {
      walk.skipPayer();
      continue;
    }
    const { remaining } = walker;
    allocations.push(allocationOf(walker, Math.min(rest, remaining)));
    if (rest <= remaining) return allocations;
    rest -= remaining;
    // Not after the last lot: a step prepares the payers that may come next.
    walk.advance();
  }
}
