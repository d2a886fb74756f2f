import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { entryLine } from '../../src/archive/entry-line';
import { exportedEntry } from '../../src/archive/exported-entry';
import { DigestOfAll, digestOf, seal } from '../../src/digest/entry-digest';
import type { Entry } from '../../src/ledger/entry';
import { lifeOf } from '../archive/lives';
import { often } from '../model/runs';
import { canonicalForm } from './canonical-form';
import { formByTable } from './form-by-table';
import { storyOfAllKinds } from './story-of-all-kinds';

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
const [ofGrant, ofSpend, ofLife, ofExports, inFormat1, ofActor] = blocks as string[][];

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

test('the form and the digest of an entry of an actor are those of the document', () => {
  const acted = { ...grant, actor: 'till 7' };
  expect([canonicalForm(acted, 2), digestOf(acted, null)]).toEqual(ofActor);
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

test('the forms and digests of all kinds in the document are those of its story', () => {
  const entries = storyOfAllKinds();
  const vectors = entries.flatMap((entry) => [canonicalForm(entry, 2), entry.digest]);
  expect(vectors).toEqual(ofLife);
  expect(new Set(entries.map(({ kind }) => kind)).size).toBe(7);
});

test('a form is what another program computes from the export of the entry', () => {
  const lives = fc.record({ seed: fc.nat(), commands: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(lives, ({ seed, commands }) => {
      for (const entry of lifeOf(seed, commands)) {
        const line = JSON.parse(entryLine(exportedEntry(entry)));
        expect(canonicalForm(entry, 2)).toBe(formByTable(line));
      }
    }),
    often(50),
  );
});

const text = fc.string({ minLength: 1, maxLength: 3 }).filter((each) => !each.includes('\n'));
const whole = fc.integer({ min: -20, max: 20 });
const maybe = fc.option(whole, { nil: undefined });
const place = { sequence: whole, timestamp: whole, payer: text };
const lot = fc.record({ ...place, points: whole, expiresAt: maybe });
const expiry = fc.record({
  ...place,
  kind: fc.constant('expiry' as const),
  at: whole,
  expired: whole,
  settled: whole,
  totals: fc.record({ expired: whole, settled: whole }),
});
const beginning = fc.record({
  ...place,
  kind: fc.constant('beginning' as const),
  at: whole,
  points: whole,
});
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
const reversal = { ...own, target: whole, requested: fc.option(whole), total: whole };
const entry1: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({ ...own, kind: fc.constant('transaction' as const), payer: text, timestamp: whole }),
  fc.record({
    ...own,
    kind: fc.constant('spend' as const),
    allocations: fc.array(fc.record({ ...place, points: whole })),
  }),
);
const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    ...own,
    kind: fc.constant('transaction' as const),
    payer: text,
    timestamp: whole,
    availableFrom: maybe,
    expiresAt: maybe,
  }),
  fc.record({ ...own, kind: fc.constant('spend' as const), allocations: fc.array(lot) }),
  fc.record({
    ...reversal,
    kind: fc.constant('spendReversal' as const),
    allocations: fc.array(lot),
    lapses: fc.array(expiry),
  }),
  fc.record({
    ...reversal,
    kind: fc.constant('transactionReversal' as const),
    payer: text,
    timestamp: whole,
    spentPart: fc.constantFrom('REFUSE' as const, 'DEBIT' as const),
    fromLot: whole,
    debited: whole,
    lifted: whole,
  }),
  fc.record({
    ...own,
    kind: fc.constant('lapse' as const),
    rows: fc.array(fc.oneof(expiry, beginning)),
  }),
);

test.each([
  [1, entry1],
  [2, entry],
] as const)('in format %i, a change of any value changes the form', (format, entries) => {
  fc.assert(
    fc.property(entries, entries, fc.nat(), (left, other, at) => {
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
