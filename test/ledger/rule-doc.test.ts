import { instantOf, ruleExamples } from './rule-examples';
import { RuleStory } from './rule-story';

const examples = ruleExamples().map(({ heading, rows }, index) => ({
  name: `${index + 1}, in “${heading}”`,
  rows,
}));

describe('the examples of docs/rule.md are what the ledger does', () => {
  test.each(examples)('example $name', ({ rows }) => {
    const story = new RuleStory();
    for (const { happens, result, text } of rows) {
      expect({ text, result: story.resultOf(happens) }).toEqual({ text, result });
    }
  });

  test('every sentence has its example', () => {
    const numbers = ruleExamples().map(({ heading }) => Number.parseInt(heading, 10));
    expect(numbers).toEqual(
      expect.arrayContaining(Array.from({ length: 12 }, (_unused, at) => at + 1)),
    );
    expect(examples.flatMap(({ rows }) => rows).length).toBeGreaterThan(150);
  });

  test('the parser distinguishes days, and hours', () => {
    expect(instantOf('31 October 15:00')).toBe(Date.UTC(2020, 9, 31, 15));
    expect(instantOf('1 May')).toBe(Date.UTC(2020, 4, 1));
  });
});
