import { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import { decide } from '../../src/ledger/decide';
import type { Entry } from '../../src/ledger/entry';
import { previewSpend } from '../../src/ledger/preview';
import type { Refusal } from '../../src/ledger/refusal';
import { transaction } from '../journal/entries';
import { add, debit, spend } from './commands';
import { given, restored, Scenario } from './given';
import { blankNames, goodNames, hidingNames } from './name-samples';

const faultyNames = [...hidingNames, ...blankNames];

describe.each(goodNames)('a new name may be %s', (_what, name) => {
  test('of an account', () => {
    new Scenario(new Account(name)).when(add('A', 1, 1)).isAccepted({ accountId: name });
  });

  test('of a payer', () => {
    given(add(name, 1, 1))
      .when(spend(1))
      .takes([name, 1]);
  });
});

describe.each(faultyNames)('a new name may not be %s', (_what, name, position) => {
  const code = name.codePointAt(
    Array.from(name)
      .slice(0, position - 1)
      .join('').length,
  )!;
  const place = `U\\+0*${code.toString(16).toUpperCase()} at position ${position}\\b`;

  test('of an account', () => {
    const refusal = new Scenario(new Account(name))
      .when(add('A', 1, 1))
      .isRefused('INVALID_ACCOUNT');
    expectWords(refusal, 'accountId', place);
  });

  test('of a payer', () => {
    expectWords(
      given()
        .when(add(name, 1, 1))
        .isRefused('INVALID_PAYER'),
      'payer',
      place,
    );
    expectWords(given().when(debit(name, 1)).isRefused('INVALID_PAYER'), 'payer', place);
  });

  test('but a reference and a key may', () => {
    const extras = { reference: name, idempotencyKey: name };
    given(add('A', 1, 1, extras))
      .when(add('A', 1, 1, extras))
      .isReplayOf(1);
  });

  test('but the name of a known account or payer keeps working', () => {
    const account = recorded(name, transactionOf(name, { idempotencyKey: 'k' }));
    account.when(add(name, 10, 1, { idempotencyKey: 'k' })).isReplayOf(1);
    account.when(debit(name, 4)).leaves([name, 6]);
    account.when(spend(6)).takes([name, 6]).leaves([name, 0]);
    account.when(add(name, 5, 2)).leaves([name, 5]);
    restored(account, 1).when(debit(name, 5)).leaves([name, 0]);
  });

  test('but an entry that was accepted before is not checked again', () => {
    const entry = transactionOf(name);
    const world = { now: entry.recordedAt, id: entry.id, keyed: null, isRecorded: true };
    const decision = decide(new Account(name), add(name, 10, 1), world);
    expect(decision).toEqual({ kind: 'accepted', entry });
  });
});

function expectWords({ field, message }: Refusal, where: Refusal['field'], place: string): void {
  expect(field).toBe(where);
  expect(message).toMatch(
    new RegExp(`^${where} has .*${place} \\(counted in code points\\).+\\.$`),
  );
}

test.each([
  ['remove it', 'A\u200b'],
  ['only after a virama, or between two letters', 'A\u200cB'],
  ['only after a virama, or between two emoji', 'A\u200dB'],
  ['only directly after a visible character', '\ufe0f'],
  ['only in the emoji flag of a region', 'A\u{e0041}'],
  ['must have a letter, number, punctuation mark or symbol', '\u0301'],
])('a refusal says how to correct the name: %s', (words, name) => {
  expect(
    given()
      .when(add(name, 1, 1))
      .isRefused('INVALID_PAYER').message,
  ).toContain(words);
});

describe('a name is new', () => {
  test('to each account: a payer of one account is checked in another', () => {
    recorded('one', transactionOf('OAK\u200b')).when(debit('OAK\u200b', 1)).isAccepted();
    given(add('OAK', 1, 1))
      .when(add('OAK\u200b', 1, 1))
      .isRefused('INVALID_PAYER');
  });

  test('again once its first entry is undone', () => {
    const account = recorded('m', transactionOf('OAK\u200b'));
    account.undo();
    account.when(add('OAK\u200b', 1, 1)).isRefused('INVALID_PAYER');
  });

  test('to an account that is known by such a name', () => {
    const account = recorded('m\u200b', transactionOf('OAK'));
    account.when(add('ELM\u200b', 1, 1)).isRefused('INVALID_PAYER');
    account.when(add('ELM', 1, 1)).leaves(['OAK', 10], ['ELM', 1]);
  });
});

test('a spend or preview of an unknown account finds no points and makes no name known', () => {
  const none = { requested: 1, available: 0 };
  new Scenario(new Account('m\u200b')).when(spend(1)).isRefused('INSUFFICIENT_POINTS', none);
  const preview = previewSpend('m\u200b', null, 1);
  expect(preview).toMatchObject({ kind: 'refused', refusal: { code: 'INSUFFICIENT_POINTS' } });
});

describe('refusals of names have their position in the precedence', () => {
  const bad = 'OAK\u200b';
  const cases: readonly [string, string, Command, Refusal['code']][] = [
    ['an account before its payer', bad, add(bad, 1, 1), 'INVALID_ACCOUNT'],
    ['a payer before its points', 'm', add(bad, 0, 1), 'INVALID_PAYER'],
    ['a payer before a key', 'm', add(bad, 1, 1, { idempotencyKey: '' }), 'INVALID_PAYER'],
    ['a payer before its balance', 'm', debit(bad, 1), 'INVALID_PAYER'],
    ['a length before what is hidden', 'm', add(bad.repeat(64), 1, 1), 'INVALID_PAYER'],
  ];
  test.each(cases)('%s', (_what, accountId, command, code) => {
    new Scenario(new Account(accountId)).when(command).isRefused(code);
  });

  test('a new payer precedes a used key', () => {
    const account = given(add('OAK', 1, 1, { idempotencyKey: 'k' }));
    account.when(add(bad, 1, 1, { idempotencyKey: 'k' })).isRefused('INVALID_PAYER');
  });

  test('a known payer is not refused before a used key', () => {
    const account = recorded('m', transactionOf(bad, { idempotencyKey: 'k' }));
    const other = add(bad, 9, 1, { idempotencyKey: 'k' });
    account.when(other).isRefused('IDEMPOTENCY_KEY_REUSED');
  });

  test('the length precedes hidden characters', () => {
    const { message } = given()
      .when(add(bad.repeat(64), 1, 1))
      .isRefused('INVALID_PAYER');
    expect(message).toMatch(/has 256 characters/);
  });
});

/** Returns an account with entries that an older version accepted. */
function recorded(accountId: string, ...entries: readonly Entry[]): Scenario {
  return Scenario.of(
    accountId,
    entries.map((entry) => ({ ...entry, accountId })),
  );
}

function transactionOf(payer: string, fields: Partial<Entry> = {}): Entry {
  const common = { accountId: payer, payer, points: 10, timestamp: 1, recordedAt: 1 };
  return { ...transaction('m', 1), ...common, ...fields } as Entry;
}
