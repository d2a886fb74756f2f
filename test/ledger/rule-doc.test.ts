import type { Command } from '../../src/ledger/command';
import { deductionsOf, type PayerPoints } from '../../src/ledger/entry';
import type { Refusal } from '../../src/ledger/refusal';
import { Scenario } from './given';
import { type ExampleRow, instantOf, ruleExamples } from './rule-examples';

const examples = ruleExamples().map(({ heading, rows }, index) => ({
  name: `${index + 1}, in “${heading}”`,
  rows,
}));

describe('the examples of docs/rule.md are what the ledger does', () => {
  test.each(examples)('example $name', ({ rows }) => {
    const scenario = new Scenario();
    for (const { happens, result, text } of rows) {
      expect({ text, result: resultOf(scenario, happens) }).toEqual({ text, result });
    }
  });

  test('every sentence has its example', () => {
    const sentences = ['1.', '2.', '3.', '4.', '5.', '6.'];
    const headings = ruleExamples().map(({ heading }) => heading.slice(0, 2));
    expect(headings).toEqual(expect.arrayContaining(sentences));
    expect(examples.flatMap(({ rows }) => rows).length).toBeGreaterThan(60);
  });

  test('the parser distinguishes days, and hours', () => {
    expect(instantOf('31 October 15:00')).toBe(Date.UTC(2020, 9, 31, 15));
    expect(instantOf('1 May')).toBe(Date.UTC(2020, 4, 1));
  });
});

/** Returns the result in the words of the document. */
function resultOf(scenario: Scenario, happens: ExampleRow['happens']): string {
  if (happens === 'balances') return listed(scenario.account.balances());
  if (happens === 'left to spend') return lotsLeft(scenario);
  return resultOfCommand(scenario, happens);
}

function resultOfCommand(scenario: Scenario, command: Command): string {
  const decision = scenario.run(command);
  if (decision.kind === 'replayed') return 'as the first time';
  if (decision.kind === 'refused') return `refused: ${refusalText(decision.refusal)}`;
  const { entry } = decision;
  return entry.kind === 'spend' ? listed(deductionsOf(entry.allocations)) : 'accepted';
}

function refusalText(refusal: Refusal): string {
  switch (refusal.code) {
    case 'PAYER_WOULD_GO_NEGATIVE':
      return `${refusal.code}, ${refusal.payer} has ${refusal.available}`;
    case 'INSUFFICIENT_POINTS':
      return `${refusal.code}, the account has ${refusal.available}`;
    default:
      return refusal.code;
  }
}

function listed(points: readonly PayerPoints[]): string {
  return points.map((each) => `${each.payer} ${each.points}`).join(', ');
}

function lotsLeft(scenario: Scenario): string {
  return scenario
    .lots()
    .map((lot) => `${lot.payer} ${lot.remaining} of ${dayOf(lot.timestamp)}`)
    .join(', ');
}

function dayOf(timestamp: number): string {
  const format = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(timestamp);
}
