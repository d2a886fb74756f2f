import { addedBefore, comparedEntriesMax } from '../../src/import/added-before';
import { surveyImport } from '../../src/import/survey-import';
import { chunked, keysOf } from './read-all';

const file = (from: number, to: number, account = 'a') =>
  `account_id,payer,points,timestamp\n${Array.from({ length: to - from }, (_unused, at) => `${account},A,${from + at + 1},2020-11-02T14:00:00Z\n`).join('')}`;
const sampleOf = async (text: string) => (await surveyImport(chunked(text), 'csv')).sample;

/** Reads the keys of an account whose entries were added in this order, newest first. */
const pagesOf = (keys: readonly (string | null)[]) =>
  async function* read(accountId: string) {
    if (accountId !== 'a') return;
    const newest = keys.toReversed();
    for (let at = 0; at < newest.length; at += 100) yield newest.slice(at, at + 100);
  };

test('a file that was added under another name is found', async () => {
  const text = file(0, 50);
  const keys = await keysOf(text, 'csv', { name: 'first: of all' });
  expect(await addedBefore(await sampleOf(text), 'second', pagesOf(keys))).toEqual({
    sampled: 50,
    found: 50,
    name: 'first: of all',
  });
});

test('rows under the same name are not counted', async () => {
  const text = file(0, 50);
  const keys = await keysOf(text, 'csv', { name: 'same' });
  expect(await addedBefore(await sampleOf(text), 'same', pagesOf(keys))).toBeNull();
});

test.each([
  [90, true],
  [89, false],
])('of 100 rows, %d are entries already: found is %s', async (known, isFound) => {
  const keys = await keysOf(file(0, known), 'csv', { name: 'yesterday' });
  const found = await addedBefore(await sampleOf(file(0, 100)), 'today', pagesOf(keys));
  expect(found !== null).toBe(isFound);
});

test('only the newest 1,000 entries of an account are compared', async () => {
  const text = file(0, 20);
  const own = await keysOf(text, 'csv', { name: 'before' });
  const sample = await sampleOf(text);
  const newer = (count: number) => [...own, ...new Array<null>(count).fill(null)];
  const within = pagesOf(newer(comparedEntriesMax - own.length));
  expect(await addedBefore(sample, 'now', within)).not.toBeNull();
  expect(await addedBefore(sample, 'now', pagesOf(newer(comparedEntriesMax)))).toBeNull();
});

test('a new file costs a few requests', async () => {
  const texts = Array.from({ length: 200 }, (_unused, at) => file(0, 1, `account ${at}`));
  const text = [texts[0], ...texts.slice(1).map((each) => each.split('\n')[1])].join('\n');
  let reads = 0;
  const read = async function* (): AsyncGenerator<string[]> {
    reads += 1;
    yield [];
  };
  expect(await addedBefore(await sampleOf(text), 'now', read)).toBeNull();
  expect(reads).toBe(21);
});

test('a file without rows to look up was not added before', async () => {
  expect(await addedBefore([], 'now', pagesOf(['x']))).toBeNull();
});
