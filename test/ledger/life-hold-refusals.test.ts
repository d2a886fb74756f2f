import type { Command } from '../../src/ledger/command';
import { add, debit, spend } from './commands';
import { capture, hold, release, reverseSpend, spendOf } from './life-commands';
import { accepted, given, refusal } from './life-given';

describe('a hold is refused', () => {
  test('if it would be over already', () => {
    const scenario = given(add('A', 5, 1));
    const never = { code: 'NEVER_SPENDABLE' };
    expect(refusal(scenario, hold(1, 7), 7)).toEqual(never);
    expect(refusal(scenario, hold(9, 0), -9)).toEqual(never);
    accepted(scenario, hold(1, 8), 7);
  });

  test('of zero points or fewer, and then nothing else is judged', () => {
    for (const points of [0, -1]) {
      const command = hold(points, -1, { payers: { only: [] } });
      expect(refusal(given(), command)).toEqual({ code: 'INVALID_POINTS' });
    }
  });

  test('beyond what the chosen payers have, with the figure', () => {
    const scenario = given(add('A', 5, 1), debit('A', 2), add('B', 9, 2));
    const tooFew = (requested: number, available: number) => {
      return { code: 'INSUFFICIENT_POINTS', requested, available };
    };
    expect(refusal(scenario, hold(13, 1))).toEqual(tooFew(13, 12));
    expect(refusal(scenario, hold(4, 1, { payers: { only: ['A', 'A', 'C'] } }))).toEqual(
      tooFew(4, 3),
    );
    expect(refusal(scenario, hold(4, 1, { payers: { except: ['B'] } }))).toEqual(tooFew(4, 3));
    const none = { payers: { only: ['C'] }, upTo: true };
    expect(refusal(scenario, hold(4, 1, none))).toEqual(tooFew(4, 0));
  });
});

describe('a choice of payers is refused', () => {
  const invalid = { code: 'INVALID_PAYERS' };
  const names = (count: number) => Array.from({ length: count }, (_, index) => `payer ${index}`);

  test.each(['only', 'except'] as const)('%s: of no payer, of too many, of no name', (list) => {
    const scenario = given(add('A', 5, 1));
    for (const wrong of [[], names(101), ['A', ''], ['\n'], ['x'.repeat(256)], ['A\u200b']]) {
      const payers = { [list]: wrong } as { only: string[] };
      expect(refusal(scenario, spendOf(1, { payers }))).toEqual(invalid);
      expect(refusal(scenario, hold(1, -1, { payers }))).toEqual(invalid);
    }
    accepted(scenario, spendOf(1, { payers: { only: [...names(99), 'A', 'A'] } }));
  });

  test('after the points, and before the reference', () => {
    const wrong = { ...spendOf(0, { payers: { only: [] } }), reference: '' };
    expect(refusal(given(), wrong)).toEqual({ code: 'INVALID_POINTS' });
    expect(refusal(given(), { ...wrong, points: 1 })).toEqual(invalid);
  });
});

describe('a capture or a release is refused', () => {
  test('of no entry, and of an entry that is not a hold', () => {
    const scenario = given(add('A', 5, 1), hold(3, 9), capture(2, 1, true));
    for (const target of [null, 9, 1, 3]) {
      expect(refusal(scenario, capture(target))).toEqual({ code: 'ENTRY_NOT_FOUND' });
      expect(refusal(scenario, release(target))).toEqual({ code: 'ENTRY_NOT_FOUND' });
    }
    expect(refusal(scenario, reverseSpend(2))).toEqual({ code: 'NOT_REVERSIBLE' });
  });

  test.each([
    ['was captured', [capture(2)], 0],
    ['was captured in part', [capture(2, 1)], 0],
    ['was captured in parts', [capture(2, 1, true), capture(2, 2, true)], 0],
    ['was released', [release(2)], 0],
    ['ended', [], 9],
  ] as const)('if the hold %s', (_how, commands, now) => {
    const scenario = given(add('A', 5, 1), hold(3, 9), ...commands);
    expect(refusal(scenario, capture(2, 4), now)).toEqual({ code: 'HOLD_IS_OVER' });
    expect(refusal(scenario, release(2), now)).toEqual({ code: 'HOLD_IS_OVER' });
  });

  test('beyond what is held, with the figure', () => {
    const scenario = given(add('A', 5, 1), hold(3, 9));
    expect(refusal(scenario, capture(2, 4))).toEqual({ code: 'EXCEEDS_HELD', held: 3 });
    accepted(scenario, capture(2, 2, true));
    expect(refusal(scenario, capture(2, 2), 8)).toEqual({ code: 'EXCEEDS_HELD', held: 1 });
    expect(refusal(scenario, capture(2, 0))).toEqual({ code: 'INVALID_POINTS' });
  });
});

describe('the input of a key is', () => {
  const keyed = <Kind extends Command>(command: Kind) => ({ ...command, idempotencyKey: 'key' });
  const before = [add('A', 9, 1), add('B', 9, 2), hold(4, 9)];
  const payers = { only: ['B', 'A'] };

  const first: readonly (readonly [Command, readonly Command[], readonly Command[]])[] = [
    [
      spendOf(2, { payers, upTo: true }),
      [spendOf(2, { payers: { only: ['A', 'B', 'A'] }, upTo: true })],
      [
        spendOf(2, { payers }),
        spendOf(2, { upTo: true }),
        spendOf(2, { payers: { only: ['A'] }, upTo: true }),
        spendOf(2, { payers: { except: ['A', 'B'] }, upTo: true }),
        hold(2, 9, { payers, upTo: true }),
      ],
    ],
    [
      spendOf(99, { upTo: true }),
      [spendOf(99, { upTo: true })],
      [spendOf(14, { upTo: true }), spend(14), spend(99)],
    ],
    [spend(4), [spendOf(4, { upTo: false })], [capture(3, 4), spendOf(4, { upTo: true })]],
    [hold(2, 5), [hold(2, 5)], [hold(2, 6), hold(3, 5), spend(2), hold(2, 5, { upTo: true })]],
    [capture(3), [capture(3)], [capture(3, 4), capture(3, null, true), capture(1), spend(4)]],
    [capture(3, 4), [capture(3, 4)], [capture(3), capture(3, 4, true), spend(4), release(3)]],
    [release(3), [release(3)], [release(1), capture(3)]],
  ];

  test.each(first)('as requested: %j', (command, same, others) => {
    const scenario = given(...before);
    const entry = accepted(scenario, keyed(command));
    for (const again of [command, ...same]) {
      expect(scenario.run(keyed(again), 5, 'again')).toEqual({ kind: 'replayed', entry });
    }
    for (const other of [...others, { ...command, reference: 'order' }]) {
      expect(refusal(scenario, keyed(other))).toEqual({ code: 'IDEMPOTENCY_KEY_REUSED' });
    }
  });
});
