import type { Command } from '../../src/ledger/command';
import { add } from '../ledger/commands';
import { capture, grant, hold, release, spendOf } from '../ledger/life-commands';
import { LifeScenario } from '../ledger/life-scenario';
import { canonicalForm } from './canonical-form';

/** The fields of the table in docs/digest.md. */
const names = [
  ...['format', 'account', 'sequence', 'id', 'kind', 'payer', 'points', 'timestamp'],
  ...['availableFrom', 'expiresAt', 'recordedAt', 'target', 'reference', 'key', 'requested'],
  ...['only', 'except', 'upTo', 'spentPart', 'keepRest', 'actor', 'allocations', 'released'],
  ...['fromLot', 'debited', 'lifted', 'total', 'rows'],
];

type Value = string | number | readonly (string | number)[];

/** Joins fields in the order of the table; a list is the number of its items and their fields. */
function form(fields: Record<string, Value>): string {
  const common = { format: 2, account: '=member-1' };
  const all: Record<string, Value> = { ...common, ...fields };
  return names.flatMap((name) => all[name] ?? '').join('\n');
}

/** Returns the forms of what is recorded when a command is accepted. */
function formsOf(scenario: LifeScenario, command: Command, now: number): string[] {
  const known = scenario.entries.length;
  const { kind } = scenario.run(command, now, `e${known + 1}`);
  expect(kind).toBe('accepted');
  return scenario.entries.slice(known).map((entry) => canonicalForm(entry, 2));
}

/** The fields of an allocation to the lot of A, and to that of B. */
const ofA = (points: number) => [1, 1, '=A', points, ''];
const ofB = (points: number) => [2, 2, '=B', points, 7];

/** Returns an account with a hold of 9 points of A and 3 of B, which expire at 7. */
function withHold(): LifeScenario {
  const scenario = new LifeScenario();
  const lots = [add('A', 9, 1), grant('B', 9, 2, { expiresAt: 7 })];
  for (const command of [...lots, hold(12, 8)]) formsOf(scenario, command, 0);
  return scenario;
}

test('a hold has its end and its choice, whose names are in the order of code points', () => {
  const scenario = withHold();
  const [first, last] = ['\uffff', '\u{10000}'];
  const choice = { payers: { only: [last, 'A', first, 'B', 'A'] }, upTo: true };
  const entry = { sequence: 4, id: '=e4', kind: 'hold', recordedAt: 3, expiresAt: 9 };
  expect(formsOf(scenario, hold(20, 9, choice), 3)).toEqual([
    form({
      ...{ ...entry, points: 6, requested: 20, upTo: 'true' },
      only: [4, '=A', '=B', `=${first}`, `=${last}`],
      allocations: [1, ...ofB(6)],
    }),
  ]);
});

test('a spend has its choice', () => {
  const payers = { except: ['C'] };
  const entry = { sequence: 4, id: '=e4', kind: 'spend', recordedAt: 3, points: 2, requested: 2 };
  expect(formsOf(withHold(), spendOf(2, { payers }), 3)).toEqual([
    form({ ...entry, except: [1, '=C'], allocations: [1, ...ofB(2)] }),
  ]);
});

test('a capture has its hold, what it released, what lapsed at once and the total', () => {
  const scenario = withHold();
  const first = { sequence: 4, id: '=e4', kind: 'spend', recordedAt: 3, target: 3, points: 5 };
  expect(formsOf(scenario, capture(3, 5, true), 3)).toEqual([
    form({
      ...{ ...first, requested: 5, keepRest: 'true', total: 5 },
      ...{ allocations: [1, ...ofA(5)], released: 0, rows: 0 },
    }),
  ]);
  const [lapse, second] = formsOf(scenario, capture(3, 5), 7);
  const expiry = (expired: number, sum: number) => {
    return ['expiry', 7, 2, '', 2, '=B', '', expired, 0, sum, 0, ''];
  };
  const common = { id: '=e5-lapse', kind: 'lapse', recordedAt: 7 };
  expect(lapse).toBe(form({ ...common, sequence: 5, points: 6, rows: [1, ...expiry(6, 6)] }));
  expect(second).toBe(
    form({
      ...{ sequence: 6, id: '=e5', kind: 'spend', recordedAt: 7, target: 3, points: 5 },
      ...{ requested: 5, total: 10, allocations: [2, ...ofA(4), ...ofB(1)] },
      ...{ released: [1, ...ofB(2)], rows: [1, ...expiry(2, 8)] },
    }),
  );
});

test('a capture of everything has requested nothing in particular, and a release has no request', () => {
  const capturing = { sequence: 4, id: '=e4', kind: 'spend', recordedAt: 3, target: 3, points: 12 };
  const allocations = [2, ...ofA(9), ...ofB(3)];
  expect(formsOf(withHold(), capture(3), 3)).toEqual([
    form({ ...capturing, allocations, released: 0, total: 12, rows: 0 }),
  ]);
  expect(formsOf(withHold(), release(3), 3)).toEqual([
    form({ ...capturing, kind: 'release', allocations, rows: 0 }),
  ]);
});

test('the end of a hold is a row with its points and allocations, and without a lot and a payer', () => {
  const scenario = withHold();
  scenario.sweep(8, 'sweep');
  const rows = [
    ...['expiry', 7, 2, '', 2, '=B', '', 6, 0, 6, 0, ''],
    ...['end', 8, '', 3, '', '', 12, '', '', '', '', 2, ...ofA(9), ...ofB(3)],
    ...['expiry', 8, 2, '', 2, '=B', '', 3, 0, 9, 0, ''],
  ];
  const entry = { sequence: 4, id: '=sweep-0', kind: 'lapse', recordedAt: 8, points: 9 };
  expect(canonicalForm(scenario.entries.at(-1)!, 2)).toBe(form({ ...entry, rows: [3, ...rows] }));
});
