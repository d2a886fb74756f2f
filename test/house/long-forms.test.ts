import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Environment = Record<string, string | undefined>;

const root = resolve(__dirname, '../..');
const longForms: Record<string, readonly string[]> = require('../support/long-forms');
const {
  suitesOf,
}: { suitesOf(form: string, environment: Environment): string[] } = require('../support/suites-of');
const { slowest }: { slowest: readonly string[] } = require('../support/slowest-first-sequencer');
const { scripts }: { scripts: Record<string, string> } = require('../../package.json');

/** Returns the patterns of paths that a script passes to jest. */
function patternsOf(script: string): RegExp[] {
  const words = scripts[script]!.replaceAll('"', '').split(' ');
  return words.filter((word) => word.startsWith('test/')).map((word) => new RegExp(word));
}

const leftOut = Object.values(longForms).flat();

test('each suite that npm test leaves out exists and is listed once', () => {
  expect(leftOut.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  expect(leftOut).toEqual([...new Set(leftOut)]);
});

test.each(Object.keys(longForms))('the script %s runs the suites of its long form', (form) => {
  expect(scripts[form]).toMatch(new RegExp(`jest .*\\$\\(node test/support/suites-of ${form}\\)$`));
});

/** What makes a suite of `npm test` go deeper in a long form. */
const variables: Record<string, RegExp> = {
  'test:crash': /\b(CRASH_ROUNDS|TORN_LOG|byCrashRounds)\b/,
  'test:chaos': /\bCHAOS_MINUTES\b/,
  'test:exhaustive': /\b(isExhaustive|EXHAUSTIVE_LENGTH|LIFE_LENGTH|LIFE_STEPS)\b/,
};
const repeats = /\boften\(/;

/** Returns a form's own suites, and those of `npm test` in which one of the words stands. */
function ownAndThoseWith(form: string, ...words: readonly RegExp[]): string[] {
  const names = readdirSync(resolve(root, 'test'), { recursive: true, encoding: 'utf8' });
  const suites = names
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('house/'))
    .map((name) => `test/${name}`);
  expect(suites.length).toBeGreaterThan(200);
  const changed = suites.filter((path) => {
    const text = readFileSync(resolve(root, path), 'utf8');
    return !leftOut.includes(path) && words.some((word) => word.test(text));
  });
  return [...longForms[form]!, ...changed].toSorted();
}

test.each(Object.entries(variables))(
  '%s runs its own suites, and of the others those that its variables change',
  (form, variable) => {
    const words = form === 'test:exhaustive' ? [variable, repeats] : [variable];
    expect(suitesOf(form, {}).toSorted()).toEqual(ownAndThoseWith(form, ...words));
  },
);

test('a long form that runs properties once repeats no suite of npm test', () => {
  const form = 'test:exhaustive';
  const once = suitesOf(form, { FC_TIMES: '1' });
  expect(once.toSorted()).toEqual(ownAndThoseWith(form, variables[form]!));
});

test('the unit tests leave out every suite of a long form', () => {
  const units = patternsOf('test:unit');
  expect(units.length).toBeGreaterThan(0);
  expect(leftOut.filter((path) => units.some((each) => each.test(path)))).toEqual([]);
});

test('each suite and folder that a fresh clone starts first exists', () => {
  expect(slowest.length).toBeGreaterThan(5);
  expect(slowest.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
});
