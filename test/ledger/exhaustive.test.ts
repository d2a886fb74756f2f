import { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import { decide } from '../../src/ledger/decide';
import { evolve } from '../../src/ledger/evolve';
import { expectAlike, expectSame } from '../model/compare';
import { withoutWords } from '../model/naive-decision';
import { NaiveLedger } from '../model/naive-ledger';
import { add, debit, spend } from './commands';

/** Every command that two payers with few points at few instants can meet. */
const alphabet: readonly Command[] = [
  add('A', 2, 2),
  add('A', 1, 1),
  add('B', 2, 2),
  add('B', 1, 1),
  debit('A', 1),
  debit('A', 2),
  debit('B', 1),
  spend(1),
  spend(2),
  spend(3),
];

/**
 * Sequences up to this length are walked; each additional command takes about seven times as long,
 * and 7 take half a minute. `npm run test:exhaustive` walks those of 7.
 */
const length = Number(process.env.EXHAUSTIVE_LENGTH ?? 5);

jest.setTimeout(60 * 60 * 1000);

/**
 * Walks all sequences that continue the present one, and undoes every step after it. A refused
 * command changes nothing, so what follows it is walked without it. Returns the number of commands
 * decided.
 */
function walk(account: Account, model: NaiveLedger, left: number): number {
  if (left === 0) return 0;
  let decided = 0;
  for (const command of alphabet) {
    const given = { now: model.sequence, id: `entry-${model.sequence + 1}`, keyed: null };
    const decision = decide(account, command, given);
    const right = model.decide(command, given.now, given.id);
    decided += 1;
    expectAlike(withoutWords(decision), right);
    if (decision.kind !== 'accepted') {
      expectSame(account, model);
      continue;
    }
    const next = model.copy();
    next.apply(decision.entry);
    const undo = evolve(account, decision.entry);
    expectSame(account, next);
    decided += walk(account, next, left - 1);
    undo();
    expectSame(account, model);
  }
  return decided;
}

test(`every sequence of up to ${length} of ${alphabet.length} commands, and its undo, agrees with the model`, () => {
  const account = new Account('member-1');
  const decided = walk(account, new NaiveLedger('member-1'), length);
  expect(decided).toBeGreaterThan(length * alphabet.length);
});
