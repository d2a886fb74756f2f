import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { expectAlike, expecting } from '../model/compare';
import { stateOf, stateOfModel } from '../model/life-compare';
import { NaiveLife } from '../model/naive-life';
import { add, debit, spend } from './commands';
import {
  capture,
  grant,
  hold,
  release,
  reverseSpend,
  reverseTransaction,
  spendOf,
} from './life-commands';
import { LifeScenario } from './life-scenario';

jest.setTimeout(24 * 60 * 60 * 1000);

/** What is done next, given the entries so far; a number moves the clock. */
type Step = number | ((entries: readonly Entry[]) => Command);

/** Two payers, points 1 to 3 and three instants; the clock begins at 0. */
const withoutHolds: readonly Step[] = [
  1,
  () => add('A', 2, 1),
  () => grant('A', 3, 0, { expiresAt: 2 }),
  () => grant('A', 1, 2, { availableFrom: 1 }),
  () => grant('A', 2, 0, { availableFrom: 1, expiresAt: 2 }),
  () => grant('B', 2, 1, { expiresAt: 1 }),
  () => add('B', 1, 0),
  () => debit('A', 1),
  () => debit('A', 2),
  () => debit('B', 1),
  () => spend(1),
  () => spend(3),
  (entries) => reverseSpend(lastOf(entries, isSpend)),
  (entries) => reverseSpend(lastOf(entries, isSpend), 1),
  (entries) => reverseTransaction(lastOf(entries, isGrant)),
  (entries) => reverseTransaction(lastOf(entries, isGrant), 1, 'DEBIT'),
  (entries) => reverseTransaction(firstOf(entries, isGrant), null, 'DEBIT'),
  (entries) => reverseTransaction(lastOf(entries, isDebit)),
  (entries) => reverseTransaction(lastOf(entries, isDebit), 1),
];

/**
 * Holds and choices, and what meets them. They begin with a lot that expires and one that does not:
 * a hold without points is refused.
 */
const withHolds: readonly Step[] = [
  1,
  () => grant('A', 2, 0, { expiresAt: 2 }),
  () => grant('A', 2, 0, { availableFrom: 1 }),
  () => debit('A', 1),
  () => spendOf(2, { payers: { except: ['B', 'B'] }, upTo: true }),
  () => hold(1, 1),
  () => hold(3, 2),
  () => hold(9, 2, { payers: { only: ['B', 'A', 'C'] }, upTo: true }),
  () => hold(1, 2, { payers: { only: ['B'] } }),
  (entries) => capture(lastOf(entries, isHold)),
  (entries) => capture(lastOf(entries, isHold), 1),
  (entries) => capture(lastOf(entries, isHold), 1, true),
  (entries) => capture(firstOf(entries, isHold), 2, true),
  (entries) => release(lastOf(entries, isHold)),
  (entries) => release(firstOf(entries, isHold)),
  (entries) => reverseSpend(lastOf(entries, isSpend), 1),
  (entries) => reverseSpend(lastOf(entries, isSpend)),
  (entries) => reverseTransaction(firstOf(entries, isGrant), null, 'DEBIT'),
  (entries) => reverseTransaction(lastOf(entries, isGrant)),
];

const beginningWithHolds: readonly Command[] = [
  grant('A', 3, 1, { expiresAt: 1 }),
  add('B', 2, 2),
  add('A', 1, 3),
];

/**
 * Each additional step takes about seventeen times as long: `LIFE_LENGTH=6` takes an hour.
 */
const length = Number(process.env.LIFE_LENGTH ?? 4);

test.each([
  { name: 'of dates and reversals', steps: withoutHolds, beginning: [] },
  { name: 'with holds', steps: withHolds, beginning: beginningWithHolds },
])(
  `every sequence of up to ${length} steps $name agrees with the model`,
  ({ steps, beginning }) => {
    const scenario = new LifeScenario();
    const model = new NaiveLife('member-1');
    for (const [index, command] of beginning.entries()) {
      model.run(command, 0, `beginning-${index}`);
      scenario.run(command, 0, `beginning-${index}`);
    }
    const decided = walk(steps, scenario, model, 0, length);
    expect(decided).toBeGreaterThan(steps.length ** 2);
  },
);

/**
 * Walks all sequences that continue the present one, and undoes every step after it. A refused
 * command changes nothing, so what follows it is walked without it. Returns the number of commands
 * decided.
 */
function walk(
  steps: readonly Step[],
  scenario: LifeScenario,
  model: NaiveLife,
  now: number,
  left: number,
): number {
  if (left === 0) return 0;
  const expectSameAsBefore = expecting(stateOfModel(model));
  let decided = 0;
  for (const step of steps) {
    if (typeof step === 'number') {
      if (now < 2) decided += walk(steps, scenario, model, now + step, left - 1);
      continue;
    }
    const next = model.copy();
    const id = `entry-${model.sequence}`;
    const right = next.run(step(model.entries), now, id);
    const decision = scenario.run(step(model.entries), now, id);
    decided += 1;
    expectAlike(decision, right);
    if (decision.kind !== 'accepted') {
      expectSameAsBefore(stateOf(scenario.account));
      continue;
    }
    expectAlike(stateOf(scenario.account), stateOfModel(next));
    decided += walk(steps, scenario, next, now, left - 1);
    scenario.undo();
    if (decision.lapse !== null) scenario.undo();
    expectSameAsBefore(stateOf(scenario.account));
  }
  return decided;
}

function firstOf(entries: readonly Entry[], is: (entry: Entry) => boolean): number | null {
  return entries.find(is)?.sequence ?? null;
}

function lastOf(entries: readonly Entry[], is: (entry: Entry) => boolean): number | null {
  return entries.findLast(is)?.sequence ?? null;
}

function isSpend({ kind }: Entry): boolean {
  return kind === 'spend';
}

function isHold({ kind }: Entry): boolean {
  return kind === 'hold';
}

function isGrant(entry: Entry): boolean {
  return entry.kind === 'transaction' && entry.points > 0;
}

function isDebit(entry: Entry): boolean {
  return entry.kind === 'transaction' && entry.points < 0;
}
