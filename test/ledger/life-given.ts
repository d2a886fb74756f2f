import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { stateOf } from '../model/life-compare';
import { LifeScenario } from './life-scenario';

/** Returns an account that accepted these commands at the instant 0. */
export function given(...commands: readonly Command[]): LifeScenario {
  const scenario = new LifeScenario();
  for (const command of commands) accepted(scenario, command);
  return scenario;
}

/** Runs a command that must be accepted. */
export function accepted(scenario: LifeScenario, command: Command, now = 0): Entry {
  const decision = scenario.run(command, now, `entry-${scenario.entries.length}`);
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  return decision.entry;
}

/** Returns the refusal of a command, which must change nothing. */
export function refusal(scenario: LifeScenario, command: Command, now = 0): object {
  const before = JSON.stringify([scenario.entries, stateOf(scenario.account)]);
  const decision = scenario.run(command, now, 'refused');
  expect(JSON.stringify([scenario.entries, stateOf(scenario.account)])).toBe(before);
  if (decision.kind !== 'refused') throw new Error(JSON.stringify(decision));
  return decision.refusal;
}
