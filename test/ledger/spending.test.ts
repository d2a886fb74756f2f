import { Account } from '../../src/ledger/account';
import { previewSpend } from '../../src/ledger/preview';
import { figuresOf } from '../model/naive-decision';
import { add, debit, spend } from './commands';
import { given, noon, Scenario } from './given';

describe('a spend', () => {
  test('takes the oldest points first, across payers and orders of arrival', () => {
    const account = given(add('A', 5, 30), add('B', 5, 10), add('C', 5, 20));
    account
      .when(spend(12))
      .takes(['B', 5], ['C', 5], ['A', 2])
      .leaves(['A', 3], ['B', 0], ['C', 0]);
  });

  test('names its lots, oldest first, and a payer once in the deductions', () => {
    const account = given(add('A', 5, 30), add('B', 5, 20), add('A', 5, 10));
    const allocations = [
      { payer: 'A', timestamp: 10, sequence: 3, points: 5 },
      { payer: 'B', timestamp: 20, sequence: 2, points: 5 },
      { payer: 'A', timestamp: 30, sequence: 1, points: 1 },
    ];
    account.when(spend(11)).isAccepted({ kind: 'spend', points: 11, allocations });
  });

  test('takes lots of one instant in the order of acceptance', () => {
    const payers = ['C', 'A', 'B', 'A', 'C'];
    const account = given(...payers.map((payer) => add(payer, 1, 7)));
    for (const payer of payers) account.when(spend(1)).takes([payer, 1]);
  });

  test('is final: an older lot that arrives later does not change it', () => {
    const account = given(add('A', 5, 9), spend(5), add('B', 5, 1));
    account.when(spend(5)).takes(['B', 5]).leaves(['A', 0], ['B', 0]);
    expect(account.entries[1]).toMatchObject({ allocations: [{ payer: 'A', sequence: 1 }] });
  });

  test('reaches instants before 1970 and far ahead', () => {
    const [first, last] = [Date.UTC(-1, 11, 31), Date.UTC(9999, 11, 31)];
    given(add('A', 1, last), add('B', 1, first))
      .when(spend(2))
      .takes(['B', 1], ['A', 1]);
  });
});

describe('a debit', () => {
  test('covers the payer’s oldest points, whatever its own timestamp', () => {
    const account = given(add('A', 5, 10), add('A', 5, 20), debit('A', 7, 15));
    account.when(spend(1)).leavesLots(['A', 20, 2]);
  });

  test('moves to an older lot that arrives later, and frees the lot that it covered', () => {
    const account = given(add('A', 5, 10), add('B', 5, 20), debit('A', 5));
    account.when(add('A', 3, 1)).leavesLots(['A', 10, 3], ['B', 20, 5]);
    account.when(add('A', 4, 2)).leavesLots(['A', 2, 2], ['A', 10, 5], ['B', 20, 5]);
  });

  test('does not move to a newer lot', () => {
    const account = given(add('A', 5, 10), debit('A', 3));
    account.when(add('A', 5, 11)).leavesLots(['A', 10, 2], ['A', 11, 5]);
  });

  test('moves also after a spend took the rest of the lot', () => {
    const account = given(add('A', 5, 10), debit('A', 3), spend(2));
    account.when(add('A', 2, 1)).leavesLots(['A', 10, 2]);
    account.when(spend(2)).takes(['A', 2]).leaves(['A', 0]);
  });

  test('covers no lot of another payer', () => {
    const account = given(add('A', 5, 10), add('B', 5, 1), debit('A', 5));
    account.when(spend(5)).takes(['B', 5]);
  });

  test('is decided by the current balance, not by that of its date', () => {
    const account = given(add('A', 5, 100));
    account
      .when(debit('A', 5, 1))
      .isAccepted({ timestamp: 1, points: -5 })
      .leaves(['A', 0]);
  });
});

describe('an entry', () => {
  test('has the next sequence; refusals and replays have none', () => {
    const account = given(add('A', 5, 1, { idempotencyKey: 'k' }));
    account.when(spend(9)).isRefused('INSUFFICIENT_POINTS', { requested: 9, available: 5 });
    account.when(add('A', 5, 1, { idempotencyKey: 'k' })).isReplayOf(1);
    account.when(spend(5)).isAccepted({ sequence: 2, id: 'entry-2', accountId: 'member-1' });
  });

  test('is never recorded before the one before it', () => {
    const account = given(add('A', 5, 1));
    account
      .at(noon - 1)
      .when(spend(1))
      .isAccepted({ recordedAt: noon });
    account
      .at(noon + 5)
      .when(spend(1))
      .isAccepted({ recordedAt: noon + 5 });
    account
      .at(noon + 2)
      .when(spend(1))
      .isAccepted({ recordedAt: noon + 5 });
  });

  test('holds the input of its command', () => {
    const extras = { reference: 'spring campaign', idempotencyKey: 'k' };
    given()
      .when(add('A', 5, 1, extras))
      .isAccepted({
        kind: 'transaction',
        payer: 'A',
        points: 5,
        timestamp: 1,
        recordedAt: noon,
        ...extras,
      });
  });
});

test('payers are listed in the order in which they first appeared, at zero too', () => {
  const account = given(add('B', 5, 9), add('A', 5, 1), debit('B', 5), add('C', 1, 0), spend(6));
  account.when(add('B', 1, 5)).leaves(['B', 1], ['A', 0], ['C', 0]);
});

describe('a preview', () => {
  test('is what the spend then takes', () => {
    const scenario = given(add('A', 5, 30), add('B', 5, 10), add('A', 5, 20), debit('A', 2));
    const preview = previewSpend('member-1', scenario.account, 12);
    const decision = scenario.run(spend(12));
    const allocations = (decision as { entry: { allocations?: unknown } }).entry.allocations;
    expect(preview).toEqual({ kind: 'accepted', allocations });
  });

  test('of an unknown account finds no points', () => {
    const figures = { requested: 1, available: 0 };
    expect(refusalOf('member-1', null, 1)).toEqual({ code: 'INSUFFICIENT_POINTS', ...figures });
  });

  test('is refused as the spend would be, in the same precedence', () => {
    const { account } = given(add('A', 5, 1));
    expect(refusalOf('\n', null, 0)).toEqual({ code: 'INVALID_ACCOUNT' });
    expect(refusalOf('member-1', null, 0)).toEqual({ code: 'INVALID_POINTS' });
    expect(refusalOf('member-1', account, -1)).toEqual({ code: 'INVALID_POINTS' });
    const figures = { requested: 6, available: 5 };
    expect(refusalOf('member-1', account, 6)).toEqual({ code: 'INSUFFICIENT_POINTS', ...figures });
  });

  function refusalOf(accountId: string, account: Account | null, points: number): object | null {
    const preview = previewSpend(accountId, account, points);
    return preview.kind === 'refused' ? figuresOf(preview.refusal) : null;
  }
});

test('accounts are independent', () => {
  const [one, other] = [new Scenario(new Account('one')), new Scenario(new Account('other'))];
  one.accepting(add('A', 5, 1, { idempotencyKey: 'k' }));
  other.when(spend(1)).isRefused('INSUFFICIENT_POINTS', { requested: 1, available: 0 });
  other
    .when(add('B', 5, 1, { idempotencyKey: 'k' }))
    .isAccepted({ sequence: 1, accountId: 'other' });
});
