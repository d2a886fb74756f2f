import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const longForms: Record<string, readonly string[]> = require('../support/long-forms');
const { slowest }: { slowest: readonly string[] } = require('../support/slowest-first-sequencer');
const { scripts }: { scripts: Record<string, string> } = require('../../package.json');

/** Returns the patterns of paths that a script passes to jest. */
function patternsOf(script: string): RegExp[] {
  const words = scripts[script]!.replaceAll('"', '').split(' ');
  return words.filter((word) => word.startsWith('test/')).map((word) => new RegExp(word));
}

const leftOut = Object.values(longForms).flat();

test('each suite that npm test leaves out exists, is listed once, and its long form runs it', () => {
  expect(leftOut.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  expect(leftOut).toEqual([...new Set(leftOut)]);
  for (const [script, paths] of Object.entries(longForms)) {
    const patterns = patternsOf(script);
    expect(paths.filter((path) => !patterns.some((each) => each.test(path)))).toEqual([]);
  }
});

test('test:exhaustive runs its own suites, and of the others those that its variables change', () => {
  const names = readdirSync(resolve(root, 'test'), { recursive: true, encoding: 'utf8' });
  const suites = names
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('house/'))
    .map((name) => `test/${name}`);
  expect(suites.length).toBeGreaterThan(200);
  const reads = /\b(often\(|isExhaustive\b|(EXHAUSTIVE_LENGTH|LIFE_LENGTH|LIFE_STEPS)\b)/;
  const changed = suites.filter((path) => reads.test(readFileSync(resolve(root, path), 'utf8')));
  const patterns = patternsOf('test:exhaustive');
  const run = suites.filter((path) => patterns.some((each) => each.test(path)));
  expect(run.sort()).toEqual([...new Set([...longForms['test:exhaustive'], ...changed])].sort());
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
