import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DigestOfAll, digestOf, seal } from '../../src/digest/entry-digest';
import { canonicalForm } from '../../src/ledger/canonical-form';
import type { Entry } from '../../src/ledger/entry';

const document = readFileSync(join(__dirname, '../../docs/digest.md'), 'utf8');
const blocks = Array.from(document.matchAll(/```text\n([\s\S]*?)\n```/g), ([, text]) =>
  text.split('\n').map((line) => line.replaceAll('\\n', '\n')),
);

const common = { accountId: 'default', digest: null };
const grant: Entry = {
  ...common,
  kind: 'transaction',
  id: '0b6f',
  sequence: 1,
  recordedAt: Date.parse('2025-11-25T09:00:00Z'),
  reference: null,
  idempotencyKey: null,
  payer: 'DANNON',
  points: 300,
  timestamp: Date.parse('2020-10-31T10:00:00Z'),
};
const spend: Entry = {
  ...common,
  kind: 'spend',
  id: '7c21',
  sequence: 2,
  recordedAt: Date.parse('2025-11-25T09:00:01Z'),
  reference: 'order 17',
  idempotencyKey: 'order-17',
  points: 100,
  allocations: [{ sequence: 1, timestamp: grant.timestamp, payer: 'DANNON', points: 100 }],
};
const [ofGrant, ofSpend, ofExports, inFormat1] = blocks as [string[], string[], string[], string[]];

test('the forms of the document are those of its entries', () => {
  expect(canonicalForm(grant, 2)).toBe(ofGrant[0]);
  expect(canonicalForm(spend, 2)).toBe(ofSpend[0]);
  expect([grant, spend].map((entry) => canonicalForm(entry, 1))).toEqual(inFormat1);
});

test('the digests of the document are those of its forms, by another program too', () => {
  const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  expect(sha256(`${'0'.repeat(64)}\n${ofGrant[0]}`)).toBe(ofGrant[1]);
  expect(sha256(`${ofGrant[1]}\n${ofSpend[0]}`)).toBe(ofSpend[1]);
  expect(digestOf(grant, null)).toBe(ofGrant[1]);
  expect(digestOf(spend, ofGrant[1])).toBe(ofSpend[1]);
});

test('the digests of exports in the document are those of its entries', () => {
  const sealed = [{ ...grant }, { ...spend }];
  seal(sealed, null);
  expect(sealed.map(({ digest }) => digest)).toEqual([ofGrant[1], ofSpend[1]]);
  const ends = [sealed, [grant, spend]].map((entries) => {
    const all = new DigestOfAll();
    for (const entry of entries) all.add(entry);
    return all.end();
  });
  expect(ends).toEqual(ofExports);
});

const text = fc.string({ minLength: 1, maxLength: 3 }).filter((each) => !each.includes('\n'));
const whole = fc.integer({ min: -20, max: 20 });
const lot = fc.record({ sequence: whole, timestamp: whole, payer: text, points: whole });
const own = {
  id: text,
  accountId: text,
  sequence: whole,
  recordedAt: whole,
  reference: fc.option(text),
  idempotencyKey: fc.option(text),
  digest: fc.constant(null),
  points: whole,
};
const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({ ...own, kind: fc.constant('transaction' as const), payer: text, timestamp: whole }),
  fc.record({ ...own, kind: fc.constant('spend' as const), allocations: fc.array(lot) }),
);

test.each([1, 2] as const)('in format %i, a change of any value changes the form', (format) => {
  fc.assert(
    fc.property(entry, entry, fc.nat(), (left, other, at) => {
      const keys = Object.keys(left) as (keyof Entry)[];
      const key = keys[at % keys.length]!;
      fc.pre(left.kind === other.kind && key !== 'digest');
      const right = { ...left, [key]: other[key] } as Entry;
      const isSame = JSON.stringify(left[key]) === JSON.stringify(right[key]);
      expect(canonicalForm(left, format) === canonicalForm(right, format)).toBe(isSame);
    }),
  );
});

test('different entries never have the same form', () => {
  fc.assert(
    fc.property(entry, entry, (left, right) => {
      const isSame = canonicalForm(left, 2) === canonicalForm(right, 2);
      expect(isSame).toBe(JSON.stringify(left) === JSON.stringify(right));
    }),
  );
});
