import fc from 'fast-check';
import type { Command } from '../../src/ledger/command';
import { add, debit, spend } from '../ledger/commands';
import type { NaiveLedger } from './naive-ledger';

/** Parameters of one random run of an account. */
export interface World {
  readonly payers: readonly string[];
  /**
   * Timestamps are within so many milliseconds: few cause ties, many cause arrival out of order.
   */
  readonly milliseconds: number;
  /** The most points of one add. */
  readonly pointsMax: number;
  readonly actions: readonly Action[];
}

/**
 * A command before its account is known: its numbers become points and payers of the account as it
 * then is.
 */
export interface Action {
  readonly kind: 'add' | 'debit' | 'spend' | 'malformed';
  readonly payer: number;
  readonly milliseconds: number;
  readonly points: number;
  /**
   * Sevenths of what the payer, or the account, has; 0 means `points` instead, 8 one point too
   * many.
   */
  readonly share: number;
  readonly key: string | null;
  readonly reference: string | null;
  /** The time of the clock, which goes back too. */
  readonly now: number;
}

const names = [
  'DANNON',
  'dannon',
  '__proto__',
  'constructor',
  'é',
  'e\u0301',
  ' A',
  'A',
  'hasOwnProperty',
];
const instantMin = Date.UTC(-1, 11, 31);

const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.oneof(
    { arbitrary: fc.constant('add' as const), weight: 10 },
    { arbitrary: fc.constant('debit' as const), weight: 5 },
    { arbitrary: fc.constant('spend' as const), weight: 5 },
    { arbitrary: fc.constant('malformed' as const), weight: 1 },
  ),
  payer: fc.nat(),
  milliseconds: fc.nat(),
  points: fc.maxSafeNat(),
  share: fc.integer({ min: 0, max: 8 }),
  key: fc.option(fc.constantFrom('k1', 'k2', 'k3'), { freq: 8 }),
  reference: fc.option(fc.constantFrom('order 1', 'order 2'), { freq: 8 }),
  now: fc.integer({ min: -5, max: 50 }),
});

/**
 * Generates random worlds: few or many payers, near or distant timestamps, small or huge points.
 */
export function worlds(actionsMax = 60): fc.Arbitrary<World> {
  return fc.record({
    payers: fc
      .oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 10, max: 40 }))
      .map(payersOf),
    milliseconds: fc.constantFrom(1, 3, 10, 1_000_000),
    pointsMax: fc.constantFrom(1, 5, 1_000, 2 ** 50, Number.MAX_SAFE_INTEGER),
    actions: fc.array(action, { minLength: 1, maxLength: actionsMax, size: 'max' }),
  });
}

/** Returns the command of an action in a world, given the account's state in the model. */
export function commandOf(action: Action, world: World, model: NaiveLedger): Command {
  const payer = world.payers[action.payer % world.payers.length]!;
  const timestamp = instantMin + (action.milliseconds % world.milliseconds);
  const extras = { reference: action.reference, idempotencyKey: action.key };
  const points = 1 + (action.points % world.pointsMax);
  switch (action.kind) {
    case 'add':
      return add(payer, points, timestamp, extras);
    case 'debit':
      return debit(payer, shareOf(model.balance(payer), action.share, points), timestamp, extras);
    case 'spend':
      return spend(shareOf(model.points(), action.share, points), extras);
    case 'malformed':
      return malformed(action.share, payer, points, timestamp);
  }
}

function payersOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => names[index] ?? `payer ${index}`);
}

function shareOf(whole: number, share: number, instead: number): number {
  if (share === 0) return instead;
  if (share === 8) return Math.min(whole + 1, Number.MAX_SAFE_INTEGER);
  return Math.max(1, share === 7 ? whole : Math.floor(whole / 7) * share);
}

function malformed(which: number, payer: string, points: number, timestamp: number): Command {
  const commands: readonly Command[] = [
    add(payer, 0, timestamp),
    add(payer, -0, timestamp),
    add('\t', points, timestamp),
    add(payer, points, timestamp, { reference: '' }),
    debit(payer, points, timestamp, { idempotencyKey: ' ' }),
    spend(0),
    spend(-points),
    spend(points, { reference: 'a\ud800b' }),
    spend(points, { idempotencyKey: 'k'.repeat(256) }),
  ];
  return commands[which]!;
}
