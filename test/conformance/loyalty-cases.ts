import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../src/ledger/command';
import type { Allocation, Entry } from '../../src/ledger/entry';
import type { ExpiryRow, LapseRow } from '../../src/ledger/lapse-entry';
import type { LifeDecision } from '../model/naive-life';

/** A story of an account: `expected[i]` is the result of `steps[i]`. */
export interface LoyaltyCase {
  readonly name: string;
  readonly why: string;
  readonly steps: readonly Step[];
  readonly expected: readonly object[];
}

export interface Step {
  readonly op: 'add' | 'spend' | 'reverseSpend' | 'reverseTransaction' | 'read';
  /** The instant that is passed in. */
  readonly at: string;
  readonly payer?: string;
  readonly points?: number;
  readonly timestamp?: string;
  readonly availableFrom?: string;
  readonly expiresAt?: string;
  readonly spentPart?: 'REFUSE' | 'DEBIT';
  /** The name by which later steps refer to the entry in `of`. */
  readonly as?: string;
  readonly of?: string;
}

/** Runs one story on an account of its own. */
export interface LoyaltyDriver {
  run(command: Command, now: number, id: string): LifeDecision;
  read(now: number): LoyaltyView;
}

export interface LoyaltyView {
  readonly points: number;
  readonly balances: readonly PayerPoints[];
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

export const loyaltyCases = JSON.parse(
  readFileSync(join(__dirname, 'loyalty-cases.json'), 'utf8'),
) as readonly LoyaltyCase[];

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

function commandOf(step: Step, target: number | null): Command {
  const none = { reference: null, idempotencyKey: null };
  const points = step.points ?? null;
  switch (step.op) {
    case 'add': {
      const { payer, timestamp, availableFrom, expiresAt } = step;
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
    case 'spend':
      return { kind: 'spendPoints', points: points!, ...none };
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
    case 'spend':
      return { took: entry.allocations.map(partOf) };
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
  const common = { at: textOf(row.at), payer: row.payer, earned: textOf(row.timestamp) };
  if (row.kind === 'beginning') return { kind: 'begun', ...common, points: row.points };
  return { kind: 'expiry', ...common, expired: row.expired, settled: row.settled };
}

function shown({ points, balances, pending, lots }: LoyaltyView): object {
  const begins = pending.filter((each) => each.points > 0);
  return {
    points,
    balances: mapOf(balances),
    pending: begins.reduce((sum, each) => sum + each.points, 0),
    pendingByPayer: mapOf(begins),
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

function mapOf(points: readonly PayerPoints[]): object {
  return Object.fromEntries(points.map(({ payer, points: count }) => [payer, count]));
}

function textOf(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
