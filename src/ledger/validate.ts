import type { Account } from './account';
import type { Command } from './command';
import { invariant } from './invariant';
import type { InvalidInput } from './refusal';
import { isText, textRule } from './text';

/** What is wrong with a command whatever the balances are; null if nothing is. */
export function invalidInput(account: Account, command: Command): InvalidInput | null {
  const { points, reference, idempotencyKey } = command;
  invariant(Number.isSafeInteger(points), 'points are whole numbers within ±(2^53 − 1)');
  // What was accepted once is valid: only a first appearance needs the look at every character.
  if (account.sequence === 0 && !isText(account.id)) {
    return invalid('INVALID_ACCOUNT', 'accountId', `accountId ${textRule}.`);
  }
  if (command.kind === 'addTransaction') {
    invariant(
      Number.isSafeInteger(command.timestamp),
      'a timestamp is a whole number of milliseconds',
    );
    if (!account.payers.has(command.payer) && !isText(command.payer)) {
      return invalid('INVALID_PAYER', 'payer', `payer ${textRule}.`);
    }
    if (points === 0) {
      return invalid(
        'INVALID_POINTS',
        'points',
        'points must not be zero: positive points are added, negative points are taken back.',
      );
    }
  } else if (points <= 0) {
    return invalid('INVALID_POINTS', 'points', `points must be greater than zero, not ${points}.`);
  }
  if (reference !== null && !isText(reference)) {
    return invalid('INVALID_REFERENCE', 'reference', `reference ${textRule}.`);
  }
  if (idempotencyKey !== null && !isText(idempotencyKey)) {
    return invalid('INVALID_IDEMPOTENCY_KEY', 'idempotencyKey', `idempotencyKey ${textRule}.`);
  }
  return null;
}

function invalid(
  code: InvalidInput['code'],
  field: InvalidInput['field'],
  message: string,
): InvalidInput {
  return { code, field, message };
}
