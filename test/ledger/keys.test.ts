import type { Command } from '../../src/ledger/command';
import { add, debit, spend } from './commands';
import { given } from './given';

const key = { idempotencyKey: 'order-7' };
const keyed = { ...key, reference: 'order 7' };

describe('the same input under the same key returns its first result and adds nothing', () => {
  test('an add', () => {
    const decided = given(add('A', 5, 1, keyed)).when(add('A', 5, 1, keyed));
    decided.isReplayOf(1).leaves(['A', 5]);
  });

  test('a debit, although the balance is insufficient now', () => {
    const account = given(add('A', 5, 1), debit('A', 5, 2, keyed));
    account
      .when(debit('A', 5, 2, keyed))
      .isReplayOf(2)
      .leaves(['A', 0]);
  });

  test('a spend, although the points are gone', () => {
    const account = given(add('A', 5, 1), spend(5, keyed));
    account.when(spend(5, keyed)).isReplayOf(2).leaves(['A', 0]);
  });

  test('an add, although the points would be out of range now', () => {
    const account = given(add('A', 5, 1, keyed), add('B', Number.MAX_SAFE_INTEGER - 5, 1));
    account.when(add('A', 5, 1, keyed)).isReplayOf(1);
  });

  test('a spend, with its first lots after older ones arrived', () => {
    const account = given(add('A', 5, 5), spend(3, keyed), add('B', 5, 1));
    account.when(spend(3, keyed)).isReplayOf(2);
    account.when(spend(3)).takes(['B', 3]);
  });

  test('any number of times', () => {
    const account = given(add('A', 5, 1, keyed));
    for (let times = 0; times < 3; times += 1) account.when(add('A', 5, 1, keyed)).isReplayOf(1);
  });

  test('at any time', () => {
    const account = given(add('A', 5, 1, keyed)).at(Date.UTC(2030, 0, 1));
    account.when(add('A', 5, 1, keyed)).isReplayOf(1);
  });
});

describe('other input under a used key is refused', () => {
  const others: readonly [string, Command][] = [
    ['another payer', add('B', 5, 1, keyed)],
    ['other points', add('A', 6, 1, keyed)],
    ['the opposite points', debit('A', 5, 1, keyed)],
    ['another instant', add('A', 5, 2, keyed)],
    ['another reference', add('A', 5, 1, { ...key, reference: 'order 8' })],
    ['no reference', add('A', 5, 1, key)],
    ['another kind', spend(5, keyed)],
  ];

  test.each(others)('%s', (_what, command) => {
    const account = given(add('A', 5, 1, keyed), add('A', 100, 9));
    account.when(command).isRefused('IDEMPOTENCY_KEY_REUSED');
  });

  test('an add under a spend’s key', () => {
    const account = given(add('A', 9, 1), spend(5, keyed));
    account.when(add('A', 5, 1, keyed)).isRefused('IDEMPOTENCY_KEY_REUSED');
    account.when(spend(4, keyed)).isRefused('IDEMPOTENCY_KEY_REUSED');
  });

  test('even if the balances would refuse it as well', () => {
    const account = given(add('A', 5, 1, keyed));
    account.when(spend(6, keyed)).isRefused('IDEMPOTENCY_KEY_REUSED');
    account.when(debit('A', 6, 1, keyed)).isRefused('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('without a used key nothing is a replay', () => {
  test('the same transaction sent twice counts twice', () => {
    given(add('A', 5, 1), add('A', 5, 1))
      .when(spend(7))
      .takes(['A', 7])
      .leaves(['A', 3]);
  });

  test('under two keys it counts twice', () => {
    const account = given(add('A', 5, 1, { idempotencyKey: '1' }));
    account.when(add('A', 5, 1, { idempotencyKey: '2' })).leaves(['A', 10]);
  });

  test('a refused call uses up no key', () => {
    const account = given();
    account.when(spend(5, keyed)).isRefused('INSUFFICIENT_POINTS', { requested: 5, available: 0 });
    account.when(add('A', 5, 1, keyed)).isAccepted({ sequence: 1, idempotencyKey: 'order-7' });
  });
});
