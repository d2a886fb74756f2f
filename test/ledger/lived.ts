import fc from 'fast-check';
import type { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { stateOf } from '../model/life-compare';
import { NaiveLife } from '../model/naive-life';
import { RandomLife, tempers, tempersWithHolds } from '../model/random-life';
import { LifeScenario } from './life-scenario';

/** A random life: its account, and the clock after it. */
export interface Lived {
  readonly scenario: LifeScenario;
  readonly random: RandomLife;
}

export const seeds = fc.record({
  seed: fc.nat(),
  temper: fc.constantFrom(...tempers, ...tempersWithHolds),
  steps: fc.integer({ min: 5, max: 40 }),
});
type Seed = typeof seeds extends fc.Arbitrary<infer Value> ? Value : never;

/** Runs the same life each time it is called with the same seed. */
export function live(seed: Seed, isSwept = false): Lived & { outcomes(): object[] } {
  const scenario = new LifeScenario();
  const { random, decisions } = liveIn([scenario], seed, isSwept);
  return { scenario, random, outcomes: () => decisions.map(outcomeOf) };
}

/** Runs a life in two accounts at once, which costs less than twice. */
export function liveTwice(seed: Seed): readonly [Lived, Lived] {
  const [one, other] = [new LifeScenario(), new LifeScenario()];
  const { random } = liveIn([one, other], seed, false);
  return [
    { scenario: one, random },
    { scenario: other, random },
  ];
}

function liveIn(
  scenarios: readonly LifeScenario[],
  { seed, temper, steps }: Seed,
  isSwept: boolean,
): { readonly random: RandomLife; readonly decisions: object[] } {
  const random = new RandomLife(seed, temper);
  const model = new NaiveLife('member-1');
  const decisions: object[] = [];
  for (let step = 0; step < steps; step += 1) {
    const before = random.now;
    const command = { ...random.next(model), reference: null, idempotencyKey: null };
    // With one clock, which never goes back.
    random.now = Math.max(before, random.now);
    model.run(command, random.now, `entry-${step}`);
    for (const scenario of scenarios) {
      if (isSwept) for (let now = before; now <= random.now; now += 1) scenario.sweep(now, 'w', 1);
      const decision = scenario.run(named(command, model, scenario), random.now, `entry-${step}`);
      decisions.push(decision.kind === 'accepted' ? decision.entry : decision);
    }
  }
  return { random, decisions };
}

/** Sequences differ when lapses are written earlier: the target is the entry of the same id. */
function named(command: Command, model: NaiveLife, scenario: LifeScenario): Command {
  if (!('target' in command)) return command;
  const meant = model.entries.find(({ sequence }) => sequence === command.target);
  const entry = scenario.entries.find(({ id }) => id === meant?.id);
  return { ...command, target: entry?.kind === 'lapse' ? null : (entry?.sequence ?? null) };
}

/** Returns what a caller is told, without the sequences of entries. */
export function outcomeOf(entry: object): object {
  return JSON.parse(
    JSON.stringify(entry, (name, value) =>
      ['sequence', 'target', 'hold'].includes(name) ? undefined : value,
    ),
  );
}

/** Runs a command that must be accepted. */
export function run({ scenario, random }: Lived, command: Command): Entry {
  const decision = scenario.run(command, random.now, `entry-${scenario.entries.length}-more`);
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  return decision.entry;
}

export function pointsAt({ scenario }: Lived, now: number): number {
  return scenario.at(now, ({ points }) => points);
}

/** Returns the state without sequences and recorded times. */
export function booksOf(account: Account): object {
  const {
    lots,
    pendingLots,
    sequence: _,
    recordedAt: __,
    open: ___,
    ...sums
  } = stateOf(account) as Record<string, unknown[]>;
  const bare = (list: unknown[]) => list.map((lot) => (lot as unknown[]).toSpliced(2, 1));
  return { ...outcomeOf(sums), lots: bare(lots!), pendingLots: bare(pendingLots!) };
}
