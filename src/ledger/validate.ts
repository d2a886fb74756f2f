import type { Account } from './account';
import type { AddTransaction, Command } from './command';
import { invariant } from './invariant';
import { nameProblem } from './name-problem';
import { chosenPayersMax, namesOf } from './payer-choice';
import type { InvalidDates, InvalidInput } from './refusal';
import { dateOnDebit } from './refusals';
import { textProblem } from './text';

/** What is wrong with a text, to be put behind the name of its field; null if nothing is. */
type TextRule = (text: string) => string | null;

/**
 * Returns what is wrong with a command whatever the balances are; null if nothing is.
 *
 * @param isRecorded true if the command was accepted before: new names may then hide something, as
 *   older versions accepted.
 */
export function invalidInput(
  account: Account,
  command: Command,
  isRecorded: boolean,
): InvalidInput | InvalidDates | null {
  const isAdd = command.kind === 'addTransaction';
  const problemOf = isAdd && !isRecorded ? newNameProblem : textProblem;
  return (
    invalidAccount(account, problemOf) ??
    (isAdd ? invalidPayer(account, command.payer, problemOf) : null) ??
    invalidPoints(command) ??
    (isAdd ? invalidDates(command) : invalidPayers(account, command, isRecorded)) ??
    invalidText('INVALID_REFERENCE', 'reference', command.reference) ??
    invalidText('INVALID_IDEMPOTENCY_KEY', 'idempotencyKey', command.idempotencyKey)
  );
}

/**
 * Checks the name of an account. What was accepted once is valid: only at its first appearance is
 * every character examined.
 */
function invalidAccount(account: Account, problemOf: TextRule): InvalidInput | null {
  if (account.sequence > 0) return null;
  return invalidText('INVALID_ACCOUNT', 'accountId', account.id, problemOf);
}

function invalidPayer(account: Account, payer: string, problemOf: TextRule): InvalidInput | null {
  return account.payers.has(payer) ? null : invalidText('INVALID_PAYER', 'payer', payer, problemOf);
}

/** Applies the rule for the name of an account or payer that the command would make known. */
function newNameProblem(name: string): string | null {
  return textProblem(name) ?? nameProblem(name);
}

function invalidPoints(command: Command): InvalidInput | null {
  if (command.kind === 'releaseHold' || command.points === null) return null;
  const { points } = command;
  invariant(Number.isSafeInteger(points), 'points are whole numbers within ±(2^53 − 1)');
  if (command.kind !== 'addTransaction') return points > 0 ? null : pointsNotPositive(points);
  invariant(Number.isSafeInteger(command.timestamp), 'a timestamp is in whole milliseconds');
  return points !== 0 ? null : pointsZero();
}

function pointsNotPositive(points: number): InvalidInput {
  return invalid('INVALID_POINTS', 'points', `must be greater than zero, not ${points}`);
}

function pointsZero(): InvalidInput {
  const problem = 'must not be zero: positive points are added, negative points are taken back';
  return invalid('INVALID_POINTS', 'points', problem);
}

/**
 * Checks a choice. A name that could be no payer's is a mistake; one that is no payer of the
 * account has 0 points.
 */
function invalidPayers(
  account: Account,
  command: Command,
  isRecorded: boolean,
): InvalidInput | null {
  if (command.kind !== 'spendPoints' && command.kind !== 'holdPoints') return null;
  if (command.payers === undefined) return null;
  const names = new Set(namesOf(command.payers));
  if (names.size === 0) return invalid('INVALID_PAYERS', 'payers', 'must name at least one payer');
  if (names.size > chosenPayersMax) {
    const problem = `must name at most ${chosenPayersMax} payers, not ${names.size}`;
    return invalid('INVALID_PAYERS', 'payers', problem);
  }
  const problemOf = isRecorded ? textProblem : newNameProblem;
  for (const name of names) {
    const problem = account.payers.has(name) ? null : problemOf(name);
    if (problem !== null) return invalid('INVALID_PAYERS', 'payers', `has a name that ${problem}`);
  }
  return null;
}

/** Says nothing that depends on the time. */
function invalidDates(command: AddTransaction): InvalidDates | null {
  if (command.points > 0) return null;
  if (command.availableFrom !== undefined) return dateOnDebit('availableFrom');
  return command.expiresAt === undefined ? null : dateOnDebit('expiresAt');
}

function invalidText(
  code: InvalidInput['code'],
  field: InvalidInput['field'],
  text: string | null,
  problemOf: TextRule = textProblem,
): InvalidInput | null {
  const problem = text === null ? null : problemOf(text);
  return problem === null ? null : invalid(code, field, problem);
}

function invalid(
  code: InvalidInput['code'],
  field: InvalidInput['field'],
  problem: string,
): InvalidInput {
  return { code, field, message: `${field} ${problem}.` };
}
