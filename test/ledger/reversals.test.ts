import type { Command } from '../../src/ledger/command';
import { decide } from '../../src/ledger/decide';
import type { Entry } from '../../src/ledger/entry';
import { refusalCodes } from '../../src/ledger/refusal';
import { add, debit, spend } from './commands';
import { grant, reverseSpend, reverseTransaction } from './life-commands';
import { LifeScenario } from './life-scenario';

const max = Number.MAX_SAFE_INTEGER;

/** Returns an account that accepted these commands at the instant 0. */
function given(...commands: readonly Command[]): LifeScenario {
  const scenario = new LifeScenario();
  for (const command of commands) accepted(scenario, command, 0);
  return scenario;
}

function accepted(scenario: LifeScenario, command: Command, now: number): Entry {
  const decision = scenario.run(command, now, `entry-${scenario.entries.length}`);
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  return decision.entry;
}

function refusal(scenario: LifeScenario, command: Command, now = 0): object {
  const before = scenario.entries.length;
  const decision = scenario.run(command, now, 'refused');
  expect(scenario.entries).toHaveLength(before);
  if (decision.kind !== 'refused') throw new Error(JSON.stringify(decision));
  return decision.refusal;
}

test('the codes of today keep their order among all codes', () => {
  const known = refusalCodes.filter((code) => (refusalCodes as readonly string[]).includes(code));
  expect(known).toEqual(refusalCodes);
});

describe('a date is refused', () => {
  test('on a debit, whatever it is', () => {
    const scenario = given(add('A', 5, 1));
    for (const dates of [{ availableFrom: 9 }, { expiresAt: 9 }, { expiresAt: -9 }]) {
      expect(refusal(scenario, grant('A', -1, 1, dates))).toEqual({ code: 'INVALID_DATES' });
    }
  });

  test('at or before the time of the account, or the beginning', () => {
    const scenario = given(add('A', 5, 1));
    const never = { code: 'NEVER_SPENDABLE' };
    expect(refusal(scenario, grant('A', 1, 1, { expiresAt: 7 }), 7)).toEqual(never);
    expect(refusal(scenario, grant('A', 1, 1, { expiresAt: 0 }), -9)).toEqual(never);
    const dates = { availableFrom: 9, expiresAt: 9 };
    expect(refusal(scenario, grant('A', 1, 1, dates), 7)).toEqual(never);
    accepted(scenario, grant('A', 1, 1, { availableFrom: 9, expiresAt: 10 }), 7);
  });
});

describe('a reversal is refused', () => {
  test('of no entry, and of an entry of the wrong kind', () => {
    const scenario = given(add('A', 5, 1), spend(3));
    accepted(scenario, reverseSpend(2), 0);
    const [missing, wrong] = [{ code: 'ENTRY_NOT_FOUND' }, { code: 'NOT_REVERSIBLE' }];
    expect(refusal(scenario, reverseSpend(null))).toEqual(missing);
    expect(refusal(scenario, reverseTransaction(9))).toEqual(missing);
    expect(refusal(scenario, reverseSpend(1))).toEqual(wrong);
    expect(refusal(scenario, reverseTransaction(2))).toEqual(wrong);
    expect(refusal(scenario, reverseSpend(3))).toEqual(wrong);
    expect(refusal(scenario, reverseTransaction(3))).toEqual(wrong);
  });

  test('of zero points or fewer', () => {
    const scenario = given(add('A', 5, 1), spend(3));
    for (const points of [0, -1]) {
      expect(refusal(scenario, reverseSpend(2, points))).toEqual({ code: 'INVALID_POINTS' });
      expect(refusal(scenario, reverseTransaction(1, points))).toEqual({ code: 'INVALID_POINTS' });
    }
  });

  test('of more than is left, with what is left', () => {
    const scenario = given(add('A', 5, 1), spend(3));
    accepted(scenario, reverseSpend(2, 2), 0);
    const exceeds = (reversible: number) => ({ code: 'EXCEEDS_REVERSIBLE', reversible });
    expect(refusal(scenario, reverseSpend(2, 2))).toEqual(exceeds(1));
    accepted(scenario, reverseSpend(2), 0);
    expect(refusal(scenario, reverseSpend(2))).toEqual(exceeds(0));
    expect(refusal(scenario, reverseTransaction(1, 6))).toEqual(exceeds(5));
  });

  test('of a grant that is spent, unless the rest becomes a debit that the payer can bear', () => {
    const scenario = given(add('A', 5, 1), add('A', 2, 2), add('B', 9, 3), spend(3));
    expect(refusal(scenario, reverseTransaction(1))).toEqual({ code: 'LOT_IS_SPENT', unspent: 2 });
    const tooMuch = reverseTransaction(1, null, 'DEBIT');
    const negative = { code: 'PAYER_WOULD_GO_NEGATIVE', payer: 'A', available: 4 };
    expect(refusal(scenario, tooMuch)).toEqual(negative);
    const entry = accepted(scenario, reverseTransaction(1, 4, 'DEBIT'), 0);
    expect(entry).toMatchObject({ fromLot: 2, debited: 2, lifted: 0, total: 4 });
  });

  test('if the open points would pass 2^53 − 1', () => {
    const scenario = given(add('A', max, 1), spend(2), add('A', 1, 2));
    expect(refusal(scenario, reverseSpend(2))).toMatchObject({ code: 'POINTS_OUT_OF_RANGE' });
    accepted(scenario, reverseSpend(2, 1), 0);
    const pending = given(grant('A', max, 1, { availableFrom: 5 }));
    expect(refusal(pending, add('B', 1, 1))).toMatchObject({ code: 'POINTS_OUT_OF_RANGE' });
    accepted(pending, spend(max), 5);
  });
});

describe('a key', () => {
  const key = { idempotencyKey: 'k' };

  test('repeats a reversal, which lapses nothing, and tells null from the number', () => {
    const scenario = given(add('A', 5, 1), grant('A', 1, 2, { expiresAt: 5 }), spend(3));
    const first = accepted(scenario, { ...reverseSpend(3), ...key }, 1);
    const again = scenario.run({ ...reverseSpend(3), ...key }, 9, 'again');
    expect(again).toEqual({ kind: 'replayed', entry: first });
    const reused = { code: 'IDEMPOTENCY_KEY_REUSED' };
    expect(refusal(scenario, { ...reverseSpend(3, 3), ...key })).toEqual(reused);
    expect(refusal(scenario, { ...reverseSpend(2), ...key })).toEqual(reused);
    expect(refusal(scenario, { ...reverseTransaction(3), ...key })).toEqual(reused);
    expect(refusal(scenario, { ...spend(3), ...key })).toEqual(reused);
  });

  test('covers the dates of a grant, and what happens to its spent part', () => {
    const scenario = given({ ...grant('A', 5, 1, { expiresAt: 9 }), ...key }, spend(1));
    const reused = { code: 'IDEMPOTENCY_KEY_REUSED' };
    expect(refusal(scenario, { ...add('A', 5, 1), ...key })).toEqual(reused);
    expect(refusal(scenario, { ...grant('A', 5, 1, { expiresAt: 8 }), ...key })).toEqual(reused);
    const other = { idempotencyKey: 'other' };
    accepted(scenario, { ...reverseTransaction(1, 1), ...other }, 0);
    const debiting = { ...reverseTransaction(1, 1, 'DEBIT'), ...other };
    expect(refusal(scenario, debiting)).toEqual(reused);
  });
});

test('a lapse entry has at most the rows that were asked for, and the totals of each lot', () => {
  const lots = [1, 2, 3].map((at) => grant('A', 2, at, { expiresAt: 5 }));
  const scenario = given(...lots, debit('A', 3), spend(1));
  accepted(scenario, reverseSpend(5), 0);
  scenario.sweep(9, 'sweep', 2);
  const rows = scenario.entries.flatMap((entry) => (entry.kind === 'lapse' ? [entry.rows] : []));
  expect(rows.map((each) => each.length)).toEqual([2, 1]);
  expect(rows.flat()).toMatchObject([
    { at: 5, sequence: 1, expired: 0, settled: 2, totals: { expired: 0, settled: 2 } },
    { at: 5, sequence: 2, expired: 1, settled: 1, totals: { expired: 1, settled: 1 } },
    { at: 5, sequence: 3, expired: 2, settled: 0, totals: { expired: 2, settled: 0 } },
  ]);
});

test('what comes back to a lot after its end adds to the totals of the lot', () => {
  const scenario = given(grant('A', 6, 1, { expiresAt: 5 }), spend(4));
  accepted(scenario, reverseSpend(2, 1), 7);
  const entry = accepted(scenario, reverseSpend(2, 2), 8);
  expect(entry).toMatchObject({
    lapses: [{ at: 8, expired: 2, totals: { expired: 5, settled: 0 } }],
  });
  const reversible = { code: 'EXCEEDS_REVERSIBLE', reversible: 1 };
  expect(refusal(scenario, reverseTransaction(1, 2, 'DEBIT'), 8)).toEqual(reversible);
});

test('a command is not decided while something is due', () => {
  const { account } = given(grant('A', 6, 1, { expiresAt: 5 }));
  const circumstances = { now: 5, id: 'id', keyed: null };
  expect(() => decide(account, spend(1), circumstances)).toThrow('what is due is processed before');
  expect(decide(account, spend(1), { ...circumstances, now: 4 }).kind).toBe('accepted');
});
