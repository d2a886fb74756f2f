import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bucketCount, bucketHeader, bucketOf } from '../../src/client/bucket';

/** Computed with Python's hashlib. The id of the fifth decomposes the letter of the fourth. */
const vectors: readonly (readonly [id: string, bucket: number])[] = [
  ['default', 705],
  ['member 7', 872],
  ['0', 870],
  ['é', 382],
  ['e\u0301', 635],
  ['会員 7', 840],
  ['عضو', 184],
  ['👤', 238],
  ['__proto__', 824],
];

test.each(vectors)('the bucket of %j is %i', (id, bucket) => {
  expect(bucketOf(id)).toBe(bucket);
});

test('docs/clients.md documents these vectors, with the code points of each id', () => {
  const page = readFileSync(resolve(__dirname, '../../docs/clients.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `"(.+)"` +\| (\d+) +\|$/gm)];
  expect(rows.map(([, id, bucket]) => [JSON.parse(`"${id}"`), Number(bucket)])).toEqual(vectors);
  expect(page).toContain('X-Ledger-Bucket');
});

test('a bucket is the hash as an unsigned number: as many ids are in the upper half', () => {
  const buckets = Array.from({ length: 2_000 }, (_, index) => bucketOf(`member ${index}`));
  const high = buckets.filter((bucket) => bucket >= bucketCount / 2).length;
  expect(Math.min(...buckets)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...buckets)).toBeLessThan(bucketCount);
  expect(Math.abs(high - 1_000)).toBeLessThan(150);
});

test('the longest id has the bucket that another implementation of SHA-256 gives it', () => {
  const id = '\u{1F464}'.repeat(127);
  const expected = createHash('sha256').update(id).digest().readUInt32BE(0) % 1_024;
  expect(bucketOf(id)).toBe(expected);
  expect(bucketHeader).toBe('x-ledger-bucket');
});
