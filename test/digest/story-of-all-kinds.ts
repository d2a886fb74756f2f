import { seal } from '../../src/digest/entry-digest';
import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { add, debit, spend } from '../ledger/commands';
import {
  capture,
  grant,
  hold,
  release,
  reverseSpend,
  reverseTransaction,
  spendOf,
} from '../ledger/life-commands';
import { LifeScenario } from '../ledger/life-scenario';

const midnight = Date.parse('2025-11-26T00:00:00Z');
const morning = Date.parse('2025-11-25T09:00:00Z');
const nextDay = Date.parse('2025-11-27T09:00:00Z');
const hourLater = Date.parse('2025-11-27T10:00:00Z');
const later = Date.parse('2025-11-27T11:00:00Z');
const earned = Date.parse('2020-10-31T10:00:00Z');

/** The story whose forms and digests are in docs/digest.md: it has an entry of every kind. */
export function storyOfAllKinds(): Entry[] {
  const scenario = new LifeScenario();
  const run = (command: Command, now: number) => {
    const id = `e${scenario.entries.length + 1}`;
    const { kind } = scenario.run(command, now, id);
    if (kind !== 'accepted') throw new Error(`${command.kind} is ${kind}`);
  };
  run(grant('DANNON', 100, earned, { expiresAt: midnight }), morning);
  run(grant('DANNON', 50, earned, { availableFrom: midnight }), morning);
  run(spend(60), morning);
  run(debit('DANNON', 10, earned), morning);
  run(reverseSpend(3), nextDay);
  run(spend(20), nextDay);
  run(add('DANNON', 40, earned), nextDay);
  run(reverseTransaction(2, null, 'DEBIT'), nextDay);
  run(hold(10, later, { payers: { only: ['DANNON'] } }), nextDay);
  run(capture(10, 4, true), nextDay);
  run(release(10), nextDay);
  run(hold(100, hourLater, { upTo: true }), nextDay);
  run(spendOf(2, { payers: { except: ['UNILEVER'] } }), later);
  seal(scenario.entries, null);
  return scenario.entries;
}
