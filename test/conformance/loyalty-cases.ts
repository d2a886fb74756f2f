import type { Command, SpendPoints } from '../../src/ledger/command';
import { type Allocation, type Entry, isCapture } from '../../src/ledger/entry';
import type { ExpiryRow, LapseRow } from '../../src/ledger/lapse-entry';
import type { LifeDecision } from '../model/naive-life';
import type { LoyaltyCase, Step } from './loyalty-stories';

/** Runs one story on an account of its own. */
export interface LoyaltyDriver {
  run(command: Command, now: number, id: string): LifeDecision;
  read(now: number): LoyaltyView;
}

interface LoyaltyView {
  readonly points: number;
  readonly balances: readonly PayerPoints[];
  readonly held: readonly PayerPoints[];
  readonly pending: readonly PayerPoints[];
  /** In the order of spending. */
  readonly lots: readonly Lot[];
}

interface PayerPoints {
  readonly payer: string;
  readonly points: number;
}

interface Lot {
  readonly payer: string;
  readonly timestamp: number;
  readonly sequence: number;
  readonly remaining: number;
  readonly expiresAt?: number;
}

/** Runs a story and expects each of its results. */
export function playLoyaltyCase({ steps, expected }: LoyaltyCase, driver: LoyaltyDriver): void {
  const named = new Map<string, Entry>();
  for (const [index, step] of steps.entries()) {
    const result = resultOf(step, index, driver, named);
    expect({ index, step, result }).toEqual({ index, step, result: expected[index] });
  }
}

function resultOf(
  step: Step,
  index: number,
  driver: LoyaltyDriver,
  named: Map<string, Entry>,
): object {
  const now = Date.parse(step.at);
  if (step.op === 'read') return shown(driver.read(now));
  const target = step.of === undefined ? null : (named.get(step.of)?.sequence ?? null);
  const decision = driver.run(commandOf(step, target), now, `entry-${index}`);
  if (decision.kind === 'replayed') throw new Error('no story has a key');
  if (decision.kind === 'refused') return refusalOf(decision);
  if (step.as !== undefined) named.set(step.as, decision.entry);
  return acceptanceOf(decision);
}

const none = { reference: null, idempotencyKey: null };

function commandOf(step: Step, target: number | null): Command {
  const points = step.points ?? null;
  switch (step.op) {
    case 'add':
      return addCommand(step);
    case 'spend':
      return { kind: 'spendPoints', points: points!, ...choicesOf(step), ...none };
    case 'hold': {
      const expiresAt = Date.parse(step.expiresAt!);
      return { kind: 'holdPoints', points: points!, expiresAt, ...choicesOf(step), ...none };
    }
    case 'capture':
      return { kind: 'captureHold', target, points, keepRest: step.keepRest ?? false, ...none };
    case 'release':
      return { kind: 'releaseHold', target, ...none };
    case 'reverseSpend':
      return { kind: 'reverseSpend', target, points, ...none };
    case 'reverseTransaction':
      return {
        kind: 'reverseTransaction',
        target,
        points,
        spentPart: step.spentPart ?? 'REFUSE',
        ...none,
      };
    case 'read':
      throw new Error('a read is no command');
  }
}

function addCommand({ payer, points, timestamp, availableFrom, expiresAt }: Step): Command {
  return {
    kind: 'addTransaction',
    payer: payer!,
    points: points!,
    timestamp: Date.parse(timestamp!),
    ...(availableFrom === undefined ? {} : { availableFrom: Date.parse(availableFrom) }),
    ...(expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) }),
    ...none,
  };
}

function choicesOf({ only, except, upTo }: Step): Pick<SpendPoints, 'payers' | 'upTo'> {
  return {
    ...(only === undefined ? {} : { payers: { only } }),
    ...(except === undefined ? {} : { payers: { except } }),
    ...(upTo === undefined ? {} : { upTo }),
  };
}

type Accepted = Extract<LifeDecision, { kind: 'accepted' }>;
type Refused = Extract<LifeDecision, { kind: 'refused' }>;

function refusalOf({ refusal }: Refused): object {
  const { payer: _payer, requested: _requested, ...shownParts } = refusal;
  return { answer: 'refused', ...shownParts };
}

function acceptanceOf({ lapse, entry }: Accepted): object {
  const before = lapse === null ? {} : { lapsedBefore: lapse.rows.map(rowOf) };
  return { answer: 'accepted', ...contentOf(entry), ...before };
}

function contentOf(entry: Entry): object {
  switch (entry.kind) {
    case 'spend': {
      const took = entry.allocations.map(partOf);
      if (!isCapture(entry)) return { took };
      return { took, back: entry.released.map(partOf), ...lapsedAtOnce(entry.lapses) };
    }
    case 'hold':
      return { took: entry.allocations.map(partOf) };
    case 'release':
    case 'spendReversal':
      return { back: entry.allocations.map(partOf), ...lapsedAtOnce(entry.lapses) };
    case 'transactionReversal': {
      const { fromLot, debited, lifted } = entry;
      return lifted > 0 ? { lifted } : { fromLot, debited };
    }
    default:
      return {};
  }
}

function lapsedAtOnce(rows: readonly ExpiryRow[]): object {
  return rows.length === 0 ? {} : { lapsedAtOnce: rows.map(rowOf) };
}

function partOf({ payer, timestamp, points }: Allocation): object {
  return { payer, earned: textOf(timestamp), points };
}

function rowOf(row: LapseRow): object {
  if (row.kind === 'end') {
    return { kind: 'holdEnded', at: textOf(row.at), back: row.allocations.map(partOf) };
  }
  const common = { at: textOf(row.at), payer: row.payer, earned: textOf(row.timestamp) };
  if (row.kind === 'beginning') return { kind: 'begun', ...common, points: row.points };
  return { kind: 'expiry', ...common, expired: row.expired, settled: row.settled };
}

function shown({ points, balances, held, pending, lots }: LoyaltyView): object {
  return {
    points,
    balances: mapOf(balances),
    held: sumOf(held),
    heldByPayer: mapOf(held.filter((each) => each.points > 0)),
    pending: sumOf(pending),
    pendingByPayer: mapOf(pending.filter((each) => each.points > 0)),
    lots: lots.map(({ payer, timestamp, remaining }) => {
      return { payer, earned: textOf(timestamp), remaining };
    }),
    expiring: lots
      .filter(({ expiresAt }) => expiresAt !== undefined)
      .sort((a, b) => a.expiresAt! - b.expiresAt!)
      .map(({ payer, timestamp, remaining, expiresAt }) => {
        return { at: textOf(expiresAt!), payer, earned: textOf(timestamp), points: remaining };
      }),
  };
}

function sumOf(points: readonly PayerPoints[]): number {
  return points.reduce((sum, each) => sum + each.points, 0);
}

function mapOf(points: readonly PayerPoints[]): object {
  return Object.fromEntries(points.map(({ payer, points: count }) => [payer, count]));
}

function textOf(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
