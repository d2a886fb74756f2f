import { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import { type RefusalCode, refusalCodes } from '../../src/ledger/refusal';
import { add, debit, spend } from './commands';
import { Scenario } from './given';

/** A reason to refuse a command: a value of one of its fields. */
interface Problem {
  readonly field: 'accountId' | 'payer' | 'points' | 'reference' | 'idempotencyKey';
  readonly value: string | number;
  /** The only kind of command that can have it. */
  readonly only?: Command['kind'];
}

/** Those of part one of the rule; `reversals.test.ts` has the others. */
const problems = {
  INVALID_ACCOUNT: { field: 'accountId', value: '' },
  INVALID_PAYER: { field: 'payer', value: ' ', only: 'addTransaction' },
  INVALID_POINTS: { field: 'points', value: 0 },
  INVALID_REFERENCE: { field: 'reference', value: '' },
  INVALID_IDEMPOTENCY_KEY: { field: 'idempotencyKey', value: '\n' },
  IDEMPOTENCY_KEY_REUSED: { field: 'idempotencyKey', value: 'used' },
  PAYER_WOULD_GO_NEGATIVE: { field: 'points', value: -101, only: 'addTransaction' },
  INSUFFICIENT_POINTS: { field: 'points', value: 101, only: 'spendPoints' },
  POINTS_OUT_OF_RANGE: {
    field: 'points',
    value: Number.MAX_SAFE_INTEGER - 99,
    only: 'addTransaction',
  },
} satisfies Partial<Record<RefusalCode, Problem>>;

type PlainCode = keyof typeof problems;

const plainCodes = refusalCodes.filter((code): code is PlainCode => code in problems);

function problemOf(code: PlainCode): Problem {
  return problems[code];
}

/** Reasons that cannot occur on an account of an invalid id: it has no used keys and no points. */
const notOfUnknownAccounts: readonly PlainCode[] = [
  'IDEMPOTENCY_KEY_REUSED',
  'POINTS_OUT_OF_RANGE',
];

const starts: readonly Command[] = [add('A', 5, 3), spend(5)];

/** Returns the commands that have all of these problems. One field cannot be wrong in two ways. */
function commandsWith(codes: readonly PlainCode[]): Command[] {
  const fields = codes.map((code) => problemOf(code).field);
  if (new Set(fields).size < fields.length) return [];
  if (codes.includes('INVALID_ACCOUNT') && codes.some((c) => notOfUnknownAccounts.includes(c))) {
    return [];
  }
  const able = starts.filter(({ kind }) =>
    codes.every((c) => (problemOf(c).only ?? kind) === kind),
  );
  const wrong = Object.fromEntries(
    codes.map((code) => [problemOf(code).field, problemOf(code).value]),
  );
  return able.map((start) => ({ ...start, ...wrong }));
}

/**
 * Returns an account with 100 points of A and a used key, or an empty one if its own name is the
 * problem.
 */
function scenarioFor(codes: readonly PlainCode[]): Scenario {
  if (codes.includes('INVALID_ACCOUNT')) return new Scenario(new Account(''));
  return new Scenario().accepting(
    add('A', 100, 1, { idempotencyKey: 'used' }),
    add('B', 7, 2),
    debit('B', 7),
  );
}

const together = plainCodes
  .flatMap((first, index) => plainCodes.slice(index + 1).map((second) => ({ first, second })))
  .filter(({ first, second }) => commandsWith([first, second]).length > 0);

test('the codes of refusals are in the order of the contract', () => {
  expect(plainCodes).toEqual(Object.keys(problems));
});

describe('a refusal is returned if it alone applies', () => {
  test.each(plainCodes)('%s', (code) => {
    const commands = commandsWith([code]);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      const decision = scenarioFor([code]).run(command);
      expect(decision).toMatchObject({ kind: 'refused', refusal: { code } });
    }
  });
});

describe('of two refusals that apply, the earlier is returned', () => {
  test.each(together)('$first before $second', ({ first, second }) => {
    for (const command of commandsWith([first, second])) {
      const decision = scenarioFor([first, second]).run(command);
      expect(decision).toMatchObject({ kind: 'refused', refusal: { code: first } });
    }
  });

  test('26 of the 36 pairs can apply together', () => expect(together).toHaveLength(26));
});

test('a command with every problem is refused for the first, and then for the next as each is fixed', () => {
  const codes = plainCodes.slice(1, 5);
  for (const [index, code] of codes.entries()) {
    const [command] = commandsWith(codes.slice(index));
    const decision = scenarioFor(codes).run(command!);
    expect(decision).toMatchObject({ kind: 'refused', refusal: { code } });
  }
});
