import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtServer } from '../support/built-server';
import { misplaced, mistakes, plant, removePlanted } from './planted';

test.each(mistakes)('the built server has a place for the mistake: $name', (mistake) => {
  expect(misplaced(builtServer(), mistake)).toEqual([]);
});

test('a mistake is planted into a copy, and the built server stays as it is', () => {
  const main = builtServer();
  const [mistake] = mistakes;
  const filesOf = (program: string) =>
    mistake!.edits.map(({ file }) => readFileSync(join(dirname(program), file), 'utf8'));
  const before = filesOf(main);
  const copy = plant(main, mistake!);
  expect(filesOf(copy)).not.toEqual(before);
  expect(filesOf(main)).toEqual(before);
  removePlanted(copy);
  expect(filesOf(main)).toEqual(before);
});
