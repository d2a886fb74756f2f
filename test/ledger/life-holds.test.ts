import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { type HoldStatus, holdStatus } from '../../src/ledger/hold-status';
import { previewSpend } from '../../src/ledger/preview';
import { snapshotParts } from '../../src/ledger/snapshot';
import { expectAlike } from '../model/compare';
import { stateOf } from '../model/life-compare';
import { restoredFrom } from '../model/life-pair';
import { add } from './commands';
import { capture, grant, hold, release, reverseSpend } from './life-commands';
import { accepted, given, refusal } from './life-given';

const max = Number.MAX_SAFE_INTEGER;

function partOf(payer: string, sequence: number, points: number, dates: object = {}) {
  return { payer, timestamp: sequence, sequence, points, ...dates };
}

describe('points go back in the order in which the hold took them', () => {
  const lots = [add('A', 2, 1), add('B', 3, 2), add('A', 4, 3)];

  test('by a capture, after those that it spends', () => {
    expect(accepted(given(...lots, hold(9, 5)), capture(4, 3))).toMatchObject({
      allocations: [partOf('A', 1, 2), partOf('B', 2, 1)],
      released: [partOf('B', 2, 2), partOf('A', 3, 4)],
    });
  });

  test('by a release, after a capture that kept the rest', () => {
    const scenario = given(...lots, hold(8, 5), capture(4, 4, true));
    expect(accepted(scenario, release(4))).toMatchObject({
      points: 4,
      allocations: [partOf('B', 2, 1), partOf('A', 3, 3)],
    });
  });

  test('by the end of the hold', () => {
    const scenario = given(...lots, hold(8, 5), capture(4, 4, true));
    scenario.sweep(5, 'sweep');
    const allocations = [partOf('B', 2, 1), partOf('A', 3, 3)];
    const row = { kind: 'end', hold: 4, at: 5, points: 4, allocations };
    expect(scenario.entries.at(-1)).toMatchObject({ kind: 'lapse', points: 0, rows: [row] });
  });
});

describe('the rows of a lot carry what lapsed of it so far', () => {
  const dated = { expiresAt: 2 };

  test('through holds that come back after its expiry', () => {
    const scenario = given(grant('A', 9, 1, dated), hold(3, 9), hold(2, 5), hold(1, 9));
    accepted(scenario, release(2), 3);
    scenario.sweep(5, 'sweep');
    const captured = accepted(scenario, capture(4), 6);
    accepted(scenario, reverseSpend(captured.sequence), 7);
    const rows = scenario.entries.flatMap((entry) => {
      if (entry.kind === 'lapse') return entry.rows.filter((row) => row.kind === 'expiry');
      return 'lapses' in entry ? entry.lapses : [];
    });
    expect(rows.map(({ at, expired, totals }) => [at, expired, totals.expired])).toEqual([
      [2, 3, 3],
      [3, 3, 6],
      [5, 2, 8],
      [7, 1, 9],
    ]);
    expect(scenario.account.holds.lapsed.size).toBe(0);
  });

  test('if the end of the hold and the expiry after it are recorded in two entries', () => {
    const scenario = given(grant('A', 9, 1, dated), hold(3, 5));
    scenario.sweep(6, 'sweep', 1);
    const kinds = scenario.entries.flatMap((entry) => {
      return entry.kind === 'lapse' ? entry.rows.map(({ kind, at }) => [kind, at]) : [];
    });
    expect(kinds).toEqual([
      ['expiry', 2],
      ['end', 5],
      ['expiry', 5],
    ]);
    expect(scenario.entries.at(-1)).toMatchObject({ rows: [{ totals: { expired: 9 } }] });
    scenario.undo();
    const copy = restoredFrom(scenario.account, 1);
    expectAlike(stateOf(copy), stateOf(scenario.account));
    expect(stateOf(copy)).toMatchObject({ lapsed: [{ totals: { expired: 6, settled: 0 } }] });
  });
});

test('held points count among those of an account, and come back without a check of the limit', () => {
  const scenario = given(add('A', max, 1), hold(max - 1, 9));
  expect(refusal(scenario, add('B', 1, 1))).toEqual({ code: 'POINTS_OUT_OF_RANGE' });
  accepted(scenario, capture(2, 5, true));
  accepted(scenario, add('B', 5, 1));
  expect(refusal(scenario, reverseSpend(3, 1))).toEqual({ code: 'POINTS_OUT_OF_RANGE' });
  accepted(scenario, release(2));
  expect(scenario.account.points).toBe(max);
});

describe('the status of a hold is what closed it', () => {
  const statuses: readonly (readonly [HoldStatus, readonly Command[], number])[] = [
    ['OPEN', [], 8],
    ['OPEN', [capture(2, 1, true)], 0],
    ['CAPTURED', [capture(2, 1)], 9],
    ['CAPTURED', [capture(2, 1, true), capture(2, 2, true)], 0],
    ['RELEASED', [capture(2, 1, true), release(2)], 9],
    ['ENDED', [], 9],
    ['ENDED', [capture(2, 1, true)], 9],
  ];

  test.each(statuses)('%s: %j', (status, commands, now) => {
    const scenario = given(add('A', 5, 1), hold(3, 9), ...commands);
    const [, held, ...later] = scenario.entries;
    if (held?.kind !== 'hold') throw new Error();
    scenario.at(now, (account) => {
      const points = account.holds.at(held.sequence)?.held ?? 0;
      expect(holdStatus(held.points, points, later.at(-1) ?? null)).toBe(status);
    });
  });
});

describe('of a thousand open holds', () => {
  const holds = Array.from({ length: 1_000 }, (_, index) => hold(2, 5 + (index % 7)));
  const full = () => given(add('A', 999, 1), grant('A', 2_000, 2, { expiresAt: 7 }), ...holds);

  test('one more is refused, unless one is over; that it could not be spent is said first', () => {
    const scenario = full();
    const exceeded = { code: 'HOLDS_EXCEEDED' };
    expect(refusal(scenario, hold(2, 9))).toEqual(exceeded);
    expect(refusal(scenario, hold(1e6, 9))).toEqual(exceeded);
    expect(refusal(scenario, hold(2, 0))).toEqual({ code: 'NEVER_SPENDABLE' });
    accepted(scenario, release(500));
    accepted(scenario, hold(2, 9));
    expect(refusal(scenario, hold(2, 9))).toEqual(exceeded);
  });

  test('all end, in the order of their ends, and their points lapse or can be spent', () => {
    const scenario = full();
    scenario.sweep(20, 'sweep', 100);
    const rows = scenario.entries.flatMap((entry) => (entry.kind === 'lapse' ? entry.rows : []));
    const ends = rows.flatMap((row) => (row.kind === 'end' ? [row] : []));
    const inOrder = ends.toSorted((a, b) => a.at - b.at || a.hold - b.hold);
    expect(ends).toHaveLength(1_000);
    expect(ends).toEqual(inOrder);
    const { points, holds: open } = scenario.account;
    expect({ points, open: open.size, lapsed: open.lapsed.size }).toEqual({
      points: 999,
      open: 0,
      lapsed: 0,
    });
  });

  test('a snapshot has all, and undo removes each', () => {
    const scenario = full();
    accepted(scenario, capture(9, 1, true), 8);
    const state = stateOf(scenario.account);
    for (const size of [1, 3, 4_096])
      expectAlike(stateOf(restoredFrom(scenario.account, size)), state);
    while (scenario.entries.length > 2) scenario.undo();
    expectAlike(stateOf(scenario.account), stateOf(given(...scenario.entries.map(asAdd)).account));
  });
});

function asAdd(entry: Entry): Command {
  if (entry.kind !== 'transaction') throw new Error(entry.kind);
  const { payer, points, timestamp, expiresAt } = entry;
  return grant(payer, points, timestamp, expiresAt === undefined ? {} : { expiresAt });
}

test('an account that never had a hold, and one whose holds are over, have the same snapshot', () => {
  for (const lot of [add('A', 5, 1), grant('A', 5, 1, { expiresAt: 9 })]) {
    const without = [...snapshotParts(given(lot).account)];
    const held = given(lot, hold(3, 4));
    expect([...snapshotParts(held.account)].at(-1)).toContain('"format":3');
    accepted(held, release(2));
    expect([...snapshotParts(held.account)]).toEqual(without);
    held.undo();
    held.undo();
    expect([...snapshotParts(held.account)]).toEqual(without);
  }
});

test('a preview takes what a spend with the same choices would take', () => {
  const { account } = given(add('A', 5, 1), add('B', 5, 2));
  const choices = { payers: { only: ['B'] }, upTo: true };
  expect(previewSpend('member-1', account, 9, choices)).toEqual({
    kind: 'accepted',
    allocations: [partOf('B', 2, 5)],
  });
  expect(previewSpend('member-1', null, 9, choices)).toMatchObject({
    kind: 'refused',
    refusal: { code: 'INSUFFICIENT_POINTS', available: 0 },
  });
});
