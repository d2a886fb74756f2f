import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './manifests';

/** Words for which the field has a term, where they are a part of a name. */
const words: readonly (readonly [word: RegExp, better: string])[] = [
  [/^answer(s|ed|ing)?$/, 'response, returned'],
  [/^(hear|hears|heard)$/, 'received, notified'],
  [/^mend(s|ed|ing)?$/, 'fix, repair, rebalance'],
  [/^reckon(s|ed|ing)?$/, 'compute'],
  [/^(anew|vain|beaten)$/, 'again, reload; conflict, lost race'],
  [/^room$/, 'buffer, space, rest'],
];

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'web', 'bench', 'test'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => /\.(ts|tsx|mts|mjs)$/.test(file) && !file.includes('/generated/'))
  .filter((file) => file !== 'test/house/names.test.ts');

const declaration = /\b(?:const|let|function|class|interface|type|enum)\s+([A-Za-z_]\w*)/g;
const member = /^\s+(?:(?:private|static|async|get|set|override|readonly)\s+)*#?([A-Za-z_]\w*)[(<]/;

/** Returns the names that a line declares; those of other programs and of data are only used. */
function declaredIn(line: string): string[] {
  if (/^\s*(\/\*|\*|\/\/)/.test(line)) return [];
  const own = member.exec(line)?.[1];
  return [...line.matchAll(declaration)].map(([, name]) => name!).concat(own ?? []);
}

function wordsOf(name: string): string[] {
  return name.split(/[-._]|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
}

/** Returns what is better than a name; undefined if it is right. */
function betterThan(name: string): string | undefined {
  if (/let(s|ting)?go/i.test(name)) return 'evict, release, close';
  return words.find(([word]) => wordsOf(name).some((each) => word.test(each)))?.[1];
}

test('names of files and in code use the terms of the field', () => {
  expect(files.length).toBeGreaterThan(100);
  const wrong = files.flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    const names = [...new Set([basename(file), ...lines.flatMap(declaredIn)])];
    return names.flatMap((name) => {
      const better = betterThan(name);
      return better === undefined ? [] : [`${file}: ${name}; better: ${better}`];
    });
  });
  expect(wrong).toEqual([]);
});

test.each([
  ['export class AnswerBudget {', ['AnswerBudget']],
  ['  async answerTo(query: string) {', ['answerTo']],
  ['const heard = clients.map(', ['heard']],
  ['  #letGo(): void {', ['letGo']],
])('a name is found in %s', (line, names) => {
  expect(declaredIn(line).filter((name) => betterThan(name) !== undefined)).toEqual(names);
});
