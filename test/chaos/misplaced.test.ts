import { builtServer } from '../support/built-server';
import { misplaced, mistakes } from './planted';

test.each(mistakes)('the built server has a place for the mistake: $name', (mistake) => {
  expect(misplaced(builtServer(), mistake)).toEqual([]);
});
