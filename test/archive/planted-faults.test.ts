import { seal } from '../../src/digest/entry-digest';
import type { Entry, SpendEntry } from '../../src/ledger/entry';
import type { ExpiryRow } from '../../src/ledger/lapse-entry';
import { storyOfAllKinds } from '../digest/story-of-all-kinds';
import { add, spend } from '../ledger/commands';
import { grant } from '../ledger/life-commands';
import { LifeScenario } from '../ledger/life-scenario';
import { findingsOf } from './archives';
import { at, expectFound, type Fault, type Findings, without } from './faults';

const inGrant = at('transaction', 2);
const inLapse = at('lapse', 5);
const inSpendReversal = at('spendReversal', 6);
const inGrantReversal = at('transactionReversal', 9);

/** Changes the expiry, which is the first row of the lapse. */
const inExpiry = (change: (row: ExpiryRow) => ExpiryRow): Fault =>
  inLapse((lapse) => ({
    ...lapse,
    rows: lapse.rows.with(0, change(lapse.rows[0] as ExpiryRow)),
  }));

/**
 * The lapse of the story is its entry 5, with the expiry of lot 1 and the beginning of lot 2; 6
 * reverses the spend 3, all of which lapses again; 9 reverses the grant 2.
 */
test.each<[string, Fault, Findings]>([
  [
    'lacks its lapse',
    without(5),
    [
      /entry 5: the expiry at 2025-11-26T00:00:00.000Z of 30 points .* and 1 more should be recorded before it/,
    ],
  ],
  [
    'lacks a row',
    inLapse((lapse) => ({ ...lapse, rows: lapse.rows.slice(0, 1) })),
    [
      /entry 6: the beginning at .* of 50 points of "DANNON" from entry 2, .* should be recorded before/,
    ],
  ],
  [
    'lacks the expiry among its rows',
    inLapse((lapse) => ({ ...lapse, rows: lapse.rows.slice(1), points: 0 })),
    [
      /entry 5: its row 1 is the beginning at .*, and by the rule the expiry at/,
      /entry 6: the beginning/,
    ],
  ],
  [
    'has a row too many',
    inLapse((lapse) => ({ ...lapse, rows: [...lapse.rows, lapse.rows[1]] })),
    [/entry 5: its row 3 is the beginning at .*, and by the rule missing/],
  ],
  [
    'has a row that is a millisecond late',
    inExpiry((expiry) => ({ ...expiry, at: expiry.at + 1 })),
    [
      /entry 5: its row 1 is the expiry at 2025-11-26T00:00:00.001Z .* by the rule the expiry at 2025-11-26T00:00:00.000Z/,
    ],
  ],
  [
    'keeps the debit of an expired lot',
    inExpiry((expiry) => ({ ...expiry, expired: 40, settled: 0 })),
    [
      /entry 5: its row 1 is the expiry .* of 40 points and 0 settled ones of .* rule the expiry .* of 30 points and 10/,
    ],
  ],
  [
    'has a wrong total of a lot',
    inExpiry((expiry) => ({ ...expiry, totals: { expired: 31, settled: 10 } })),
    [
      /entry 5: its row 1 says that 31 expired and 10 settled points of the lot of entry 1 are gone so far, and by the entries it is 30 and 10/,
    ],
  ],
  [
    'has a wrong sum of its rows',
    inLapse((lapse) => ({ ...lapse, points: 40 })),
    [/entry 5: its points are 40, and its rows expire 30/],
  ],
  [
    'has a key on a lapse',
    inLapse((lapse) => ({ ...lapse, idempotencyKey: 'k' })),
    [/entry 5: it has an idempotency key/],
  ],
  [
    'has a lapse without rows',
    inLapse((lapse) => ({ ...lapse, rows: [], points: 0 })),
    [
      /entry 5: it has no rows/,
      /entry 6: the expiry at .* and 1 more should be recorded before it/,
    ],
  ],
  [
    'returns points into a lot of another spend',
    inSpendReversal((reversal) => ({
      ...reversal,
      allocations: [{ ...reversal.allocations[0], sequence: 2 }],
    })),
    [
      /entry 6: its allocation 1 is 60 points of "DANNON" from entry 2, .* and by the rule 60 points of "DANNON" from entry 1,/,
    ],
  ],
  [
    'revives an expired lot',
    inSpendReversal((reversal) => ({ ...reversal, lapses: [] })),
    [/entry 6: its row 1 is missing, and by the rule the expiry at .* of 60 points/],
  ],
  [
    'has a wrong total of what lapsed again',
    inSpendReversal((reversal) => ({
      ...reversal,
      lapses: [{ ...reversal.lapses[0], totals: { expired: 60, settled: 0 } }],
    })),
    [
      /entry 6: its row 1 says that 60 expired and 0 settled points .* by the entries it is 90 and 10/,
    ],
  ],
  [
    'has a wrong total of a spend',
    inSpendReversal((reversal) => ({ ...reversal, total: 59 })),
    ['entry 6: its total is 59, and by the rule 60'],
  ],
  [
    'has other points than those requested',
    inSpendReversal((reversal) => ({ ...reversal, requested: 59 })),
    [/entry 6: its number of points is 60, and by the rule 59/],
  ],
  [
    'reverses a grant as a spend',
    inSpendReversal((reversal) => ({ ...reversal, target: 1 })),
    [/entry 6: the rule refuses it \(NOT_REVERSIBLE\)/],
  ],
  [
    'reverses an entry that comes later',
    inSpendReversal((reversal) => ({ ...reversal, target: 7 })),
    [/entry 6: the rule refuses it \(ENTRY_NOT_FOUND\)/],
  ],
  [
    'takes a grant from the lot instead of from the debits',
    inGrantReversal((reversal) => ({ ...reversal, fromLot: 20, debited: 30 })),
    ['entry 9: its number of points from the lot is 20, and by the rule 30'],
  ],
  [
    'refuses the spent part that it debits',
    inGrantReversal((reversal) => ({ ...reversal, spentPart: 'REFUSE' })),
    [/entry 9: the rule refuses it \(LOT_IS_SPENT\)/],
  ],
  [
    'has another lot',
    inGrantReversal((reversal) => ({ ...reversal, timestamp: reversal.timestamp + 1 })),
    [/entry 9: its timestamp is 2020-10-31T10:00:00.001Z, and by the rule 2020/],
  ],
  [
    'has an end that is no instant',
    inGrant((grant) => ({ ...grant, availableFrom: Number.NaN })),
    ['entry 2: its availableFrom is NaN'],
  ],
])('a history that %s is found', async (_name, fault, findings) => {
  await expectFound(fault, findings);
});

test('a row that is recorded late is found once before and once where it is', async () => {
  const scenario = new LifeScenario();
  scenario.run(grant('A', 10, 0, { expiresAt: 20 }), 0, 'grant');
  scenario.sweep(20, 'sweep');
  scenario.run(add('A', 5, 0), 20, 'add');
  scenario.run(spend(5), 21, 'spend');
  const [granted, lapse, added, spent] = scenario.entries as [Entry, Entry, Entry, Entry];
  const late = [granted, { ...added, sequence: 2 }, { ...lapse, sequence: 3 }, spent].map(
    (entry) => (entry.kind === 'spend' ? withLot(entry, 2) : entry),
  );
  seal(late, null);
  const problems = (await findingsOf(late)).map(({ sequence, problem }) => [sequence, problem]);
  expect(problems).toEqual([
    [2, expect.stringMatching(/^the expiry at 1970-01-01T00:00:00.020Z of 10 points .* should be/)],
    [3, expect.stringMatching(/^its row 1 is the expiry at .*, and by the rule missing$/)],
  ]);
});

function withLot(entry: SpendEntry, sequence: number): Entry {
  return { ...entry, allocations: entry.allocations.map((lot) => ({ ...lot, sequence })) };
}

test('an entry of format 1 after one of format 2 is found', async () => {
  const entries = storyOfAllKinds();
  const changed = entries.with(6, { ...entries[6]!, digest: null });
  expect((await findingsOf(changed))[0]).toMatchObject({
    sequence: 7,
    problem: 'it has no digest, and the entry that precedes it has one',
  });
});

test('an entry without a digest whose kind or dates came with digests is found', async () => {
  const entries = storyOfAllKinds().map((entry) => ({ ...entry, digest: null }));
  const found = (await findingsOf(entries)).map(({ sequence }) => sequence);
  // The debit, the spend of a lot without an end and a plain grant exist in format 1.
  expect(found).toEqual([1, 2, 3, 5, 6, 9, 10, 11, 12, 13, 14, 15]);
});
