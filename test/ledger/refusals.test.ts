import { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import { decide, sequenceMax } from '../../src/ledger/decide';
import { previewSpend } from '../../src/ledger/preview';
import type { Refusal } from '../../src/ledger/refusal';
import { payerWouldGoNegative } from '../../src/ledger/refusals';
import { snapshotParts } from '../../src/ledger/snapshot';
import { observe } from '../model/compare';
import { add, debit, spend } from './commands';
import { given, Scenario } from './given';

const max = Number.MAX_SAFE_INTEGER;

describe('a refusal carries its figures', () => {
  test('a debit beyond the balance names the payer and the available points', () => {
    const account = given(add('A', 100, 1), add('B', 50, 2), debit('A', 30), spend(20));
    account
      .when(debit('A', 51))
      .isRefused('PAYER_WOULD_GO_NEGATIVE', { payer: 'A', available: 50 });
    account.when(debit('A', 50)).leaves(['A', 0], ['B', 50]);
  });

  test('a message shortens the name of a payer to 100 characters; the field holds the whole name', () => {
    const payer = 'x'.repeat(255);
    const { message } = payerWouldGoNegative(payer, 2, 1);
    expect(message).toMatch(/^x{100}… has 1 point in/);
    expect(payerWouldGoNegative(payer, 2, 1).payer).toBe(payer);
  });

  test('a debit of an unknown payer finds no points, and adds no payer', () => {
    const refused = given(add('A', 1, 1)).when(debit('B', 1));
    refused.isRefused('PAYER_WOULD_GO_NEGATIVE', { payer: 'B', available: 0 });
    refused.leaves(['A', 1]);
  });

  test('a spend beyond the points names the requested and the available points', () => {
    const account = given(add('A', 100, 1), add('B', 50, 2), debit('A', 30));
    const figures = { requested: 121, available: 120 };
    account.when(spend(121)).isRefused('INSUFFICIENT_POINTS', figures);
    account.when(spend(120)).takes(['A', 70], ['B', 50]);
  });

  test('a new account has no points, whatever the spend', () => {
    const figures = { requested: max, available: 0 };
    given().when(spend(max)).isRefused('INSUFFICIENT_POINTS', figures);
  });
});

describe('a refusal says what is wrong, where, and what would be right', () => {
  const refused: readonly [string, Command, Refusal['field'], readonly RegExp[]][] = [
    ['a blank payer', add(' ', 1, 1), 'payer', [/payer is blank/, /1 to 255/]],
    ['a long payer', add('é'.repeat(256), 1, 1), 'payer', [/256/, /at most 255/]],
    ['a payer of two lines', add('a\nb', 1, 1), 'payer', [/control character/, /none/]],
    ['half a payer', add('\ud800', 1, 1), 'payer', [/surrogate/, /well-formed Unicode/]],
    ['an add', add('A', 0, 1), 'points', [/zero/, /positive/, /negative/]],
    ['a spend', spend(-3), 'points', [/greater than zero/, /-3/]],
    ['a reference', spend(1, { reference: '' }), 'reference', [/reference/, /1 to 255/]],
    ['a key', spend(1, { idempotencyKey: '' }), 'idempotencyKey', [/idempotencyKey/, /1 to 255/]],
    ['a used key', spend(1, { idempotencyKey: 'k' }), 'idempotencyKey', [/\b1\b/, /new key/]],
    ['a debit', debit('A', 31), 'points', [/\bA\b/, /31/, /30/]],
    ['too much', spend(31), 'points', [/31/, /30/]],
    [
      'points out of range',
      add('A', max, 1),
      'points',
      [new RegExp(`${max}`), new RegExp(`${max - 30}`)],
    ],
  ];

  test.each(refused)('%s', (_what, command, field, words) => {
    const decision = given(add('A', 30, 1, { idempotencyKey: 'k' })).decide(command);
    expect(decision).toMatchObject({ kind: 'refused', refusal: { field } });
    const { message } = (decision as { refusal: Refusal }).refusal;
    for (const word of words) expect(message).toMatch(word);
    expect(message).toMatch(/\.$/);
  });

  test('an account', () => {
    const decision = new Scenario(new Account(' ')).decide(spend(1));
    const message = expect.stringMatching(/^accountId is blank; it must be 1 to 255 characters/);
    expect(decision).toMatchObject({ refusal: { field: 'accountId', message } });
  });
});

describe('points beyond 2^53 − 1', () => {
  test('are refused where the open lots would hold them, and one less is not', () => {
    const account = given(add('A', max - 1, 1));
    account.when(add('B', 2, 2)).isRefused('POINTS_OUT_OF_RANGE');
    account.when(add('B', 1, 2)).leaves(['A', max - 1], ['B', 1]);
    account
      .when(spend(max))
      .takes(['A', max - 1], ['B', 1])
      .leaves(['A', 0], ['B', 0]);
  });

  test('include lots that a debit covers, since an older lot may free them', () => {
    const account = given(add('A', max, 5), debit('A', max)).when(add('B', 1, 9));
    account.isRefused('POINTS_OUT_OF_RANGE');
    account.leaves(['A', 0]);
  });

  test('are reached by many covered lots, and freed to the point by older ones', () => {
    const half = (max - 1) / 2;
    const account = given(add('A', half, 5), debit('A', half), add('B', half, 6), debit('B', half));
    account.when(add('C', 2, 1)).isRefused('POINTS_OUT_OF_RANGE');
    const decided = account.when(add('A', 1, 1)).leaves(['A', 1], ['B', 0]);
    decided.leavesLots(['A', 5, 1]);
  });

  test('are available again when lots are spent, but not when they are debited', () => {
    const account = given(add('A', max, 1), debit('A', 1), spend(10));
    account.when(add('B', 11, 2)).isRefused('POINTS_OUT_OF_RANGE');
    account.when(add('B', 10, 2)).leaves(['A', max - 11], ['B', 10]);
  });

  test('a debit of all of them, and a spend of all of them, leave zero and not -0', () => {
    given(add('A', max, 1))
      .when(debit('A', max))
      .leaves(['A', 0]);
    given(add('A', max, 1))
      .when(spend(max))
      .leaves(['A', 0]);
  });

  test('-0 points are zero points', () => {
    given()
      .when(add('A', -0, 1))
      .isRefused('INVALID_POINTS');
    given(add('A', 1, 1))
      .when(spend(-0))
      .isRefused('INVALID_POINTS');
  });
});

describe('deciding changes nothing', () => {
  const commands: readonly Command[] = [
    add('A', 5, 0),
    add('C', 5, 0),
    debit('A', 3),
    spend(12),
    spend(1_000),
    debit('C', 1),
    add('A', 0, 0),
  ];

  test.each(commands)('of a command: %j', (command) => {
    const scenario = given(add('A', 10, 2), add('B', 10, 1), debit('A', 4), spend(3));
    const before = everything(scenario);
    const decision = scenario.decide(command);
    expect(scenario.decide(command)).toEqual(decision);
    previewSpend(scenario.account.id, scenario.account, 9);
    expect(everything(scenario)).toEqual(before);
  });

  function everything({ account }: Scenario): object {
    return { ...observe(account), snapshot: [...snapshotParts(account)] };
  }
});

test('an account with the last possible sequence accepts no entry', () => {
  const account = new Account('m');
  account.sequence = sequenceMax;
  const world = { now: 1, id: 'x', keyed: null };
  expect(() => decide(account, add('A', 1, 1), world)).toThrow('room for another entry');
});
