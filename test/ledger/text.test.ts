import { Account } from '../../src/ledger/account';
import { add, debit, spend } from './commands';
import { given, Scenario } from './given';

const longest = 'x'.repeat(255);

const texts: readonly [string, string][] = [
  ['one character', 'A'],
  ['255 units', longest],
  ['127 pairs of surrogates and one more unit', `${'😀'.repeat(127)}x`],
  ['spaces around it', ' A '],
  ['a line separator within', 'A\u2028B'],
  ['right-to-left text', 'שלום'],
  ['the name of a prototype', '__proto__'],
  ['the name of a constructor', 'constructor'],
  ['the name of a method', 'hasOwnProperty'],
];

const noTexts: readonly [string, string][] = [
  ['nothing', ''],
  ['a space', ' '],
  ['spaces of many kinds', '\u00a0\u2003\u3000\ufeff'],
  ['256 units', `${longest}x`],
  ['128 pairs of surrogates', '😀'.repeat(128)],
  ['a tab', 'A\tB'],
  ['a line feed at its end', 'A\n'],
  ['a zero', 'A\u0000'],
  ['DEL', 'A\u007f'],
  ['a C1 control', 'A\u0085'],
  ['a lone high surrogate', 'A\ud800'],
  ['a lone low surrogate', '\udc00A'],
  ['surrogates the wrong way round', '\udc00\ud800'],
];

describe.each(texts)('a text may be %s', (_what, text) => {
  test('as an account', () => {
    const decided = new Scenario(new Account(text)).when(add('A', 1, 1));
    decided.isAccepted({ accountId: text });
  });

  test('as a payer', () => {
    given(add(text, 1, 1))
      .when(spend(1))
      .takes([text, 1]);
  });

  test('as a reference and as a key', () => {
    const extras = { reference: text, idempotencyKey: text };
    given(add('A', 1, 1, extras))
      .when(add('A', 1, 1, extras))
      .isReplayOf(1);
  });
});

describe.each(noTexts)('a text may not be %s', (_what, text) => {
  test('as an account', () => {
    new Scenario(new Account(text)).when(add('A', 1, 1)).isRefused('INVALID_ACCOUNT');
    new Scenario(new Account(text)).when(spend(1)).isRefused('INVALID_ACCOUNT');
  });

  test('as a payer', () => {
    given()
      .when(add(text, 1, 1))
      .isRefused('INVALID_PAYER');
    given().when(debit(text, 1)).isRefused('INVALID_PAYER');
  });

  test('as a reference', () => {
    const account = given(add('A', 1, 1));
    account.when(add('A', 1, 1, { reference: text })).isRefused('INVALID_REFERENCE');
    account.when(spend(1, { reference: text })).isRefused('INVALID_REFERENCE');
  });

  test('as a key', () => {
    const account = given(add('A', 1, 1));
    const wrong = { idempotencyKey: text };
    account.when(debit('A', 1, 1, wrong)).isRefused('INVALID_IDEMPOTENCY_KEY');
    account.when(spend(1, wrong)).isRefused('INVALID_IDEMPOTENCY_KEY');
  });
});

describe('names are compared exactly', () => {
  const names = ['Dannon', 'DANNON', ' Dannon', 'Dannon ', 'Dánnon', 'Da\u0301nnon', '__proto__'];

  test('by case, accents, composition and spaces', () => {
    const account = given(...names.map((name, index) => add(name, 1 + index, index)));
    const balances = names.map((name, index) => [name, 1 + index] as const);
    account.when(spend(1)).leaves([names[0]!, 0], ...balances.slice(1));
    const none = { payer: 'dannon', available: 0 };
    account.when(debit('dannon', 1)).isRefused('PAYER_WOULD_GO_NEGATIVE', none);
  });

  test('keys too', () => {
    const decided = given(spendable(), spend(1, { idempotencyKey: 'k' })).when(
      spend(1, { idempotencyKey: 'K' }),
    );
    decided.isAccepted({ sequence: 3 });
  });

  test('names of properties of Object.prototype are ordinary names', () => {
    const born = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'];
    for (const name of born) {
      const nothing = { payer: name, available: 0 };
      given(spendable()).when(debit(name, 1)).isRefused('PAYER_WOULD_GO_NEGATIVE', nothing);
    }
    const account = given(...born.map((name, index) => add(name, 10, index)));
    account
      .when(spend(45))
      .leaves(...born.map((name, index) => [name, index < 4 ? 0 : 5] as const));
  });

  function spendable() {
    return add('A', 10, 1);
  }
});
