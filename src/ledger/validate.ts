import type { Account } from './account';
import type { Command } from './command';
import { invariant } from './invariant';
import { nameFault } from './name-fault';
import type { InvalidInput } from './refusal';
import { textFault } from './text';

/** What is wrong with a text, to be put behind the name of its field; null if nothing is. */
type TextRule = (text: string) => string | null;

/**
 * What is wrong with a command whatever the balances are; null if nothing is.
 * @param isRecorded true if the command was accepted before: new names may then hide something, as
 *   older versions accepted.
 */
export function invalidInput(
  account: Account,
  command: Command,
  isRecorded: boolean,
): InvalidInput | null {
  const isAdd = command.kind === 'addTransaction';
  const faultOf = isAdd && !isRecorded ? newNameFault : textFault;
  return (
    invalidAccount(account, faultOf) ??
    (isAdd ? invalidPayer(account, command.payer, faultOf) : null) ??
    invalidPoints(command) ??
    invalidText('INVALID_REFERENCE', 'reference', command.reference) ??
    invalidText('INVALID_IDEMPOTENCY_KEY', 'idempotencyKey', command.idempotencyKey)
  );
}

/** What was accepted once is valid: only a first appearance needs the look at every character. */
function invalidAccount(account: Account, faultOf: TextRule): InvalidInput | null {
  if (account.sequence > 0) return null;
  return invalidText('INVALID_ACCOUNT', 'accountId', account.id, faultOf);
}

function invalidPayer(account: Account, payer: string, faultOf: TextRule): InvalidInput | null {
  return account.payers.has(payer) ? null : invalidText('INVALID_PAYER', 'payer', payer, faultOf);
}

/** The rule for the name of an account or payer that the command would make known. */
function newNameFault(name: string): string | null {
  return textFault(name) ?? nameFault(name);
}

function invalidPoints(command: Command): InvalidInput | null {
  const { points } = command;
  invariant(Number.isSafeInteger(points), 'points are whole numbers within ±(2^53 − 1)');
  if (command.kind === 'spendPoints') {
    if (points > 0) return null;
    return invalid('INVALID_POINTS', 'points', `must be greater than zero, not ${points}`);
  }
  invariant(Number.isSafeInteger(command.timestamp), 'a timestamp is in whole milliseconds');
  if (points !== 0) return null;
  const fault = 'must not be zero: positive points are added, negative points are taken back';
  return invalid('INVALID_POINTS', 'points', fault);
}

function invalidText(
  code: InvalidInput['code'],
  field: InvalidInput['field'],
  text: string | null,
  faultOf: TextRule = textFault,
): InvalidInput | null {
  const fault = text === null ? null : faultOf(text);
  return fault === null ? null : invalid(code, field, fault);
}

function invalid(
  code: InvalidInput['code'],
  field: InvalidInput['field'],
  fault: string,
): InvalidInput {
  return { code, field, message: `${field} ${fault}.` };
}
