import type { RefusalCode } from '../../src/ledger/refusal';
import { isOpenName } from './naive-name';
import type { PlainCommand, PlainEntry } from './plain';

/** True for names of a command that no entry has made known yet. */
export interface NewNames {
  readonly account: boolean;
  readonly payer: boolean;
}

/**
 * Returns the first problem of a command's texts and points. A name that an add introduces must
 * display something and hide nothing.
 */
export function faultOf(
  accountId: string,
  command: PlainCommand,
  isNew: NewNames,
): RefusalCode | null {
  const { reference, idempotencyKey } = command;
  const isAdd = command.kind === 'addTransaction';
  if (!isText(accountId)) return 'INVALID_ACCOUNT';
  if (isAdd && isNew.account && !isOpenName(accountId)) return 'INVALID_ACCOUNT';
  if (isAdd && !isText(command.payer)) return 'INVALID_PAYER';
  if (isAdd && isNew.payer && !isOpenName(command.payer)) return 'INVALID_PAYER';
  if (isAdd ? command.points === 0 : command.points <= 0) return 'INVALID_POINTS';
  if (reference !== null && !isText(reference)) return 'INVALID_REFERENCE';
  if (idempotencyKey !== null && !isText(idempotencyKey)) return 'INVALID_IDEMPOTENCY_KEY';
  return null;
}

/**
 * True for 1 to 255 UTF-16 code units, not blank, without control characters and lone surrogates.
 */
function isText(text: string): boolean {
  if (text.length < 1 || text.length > 255 || text.trim() === '') return false;
  return !/\p{Cc}/u.test(text) && !/\p{Surrogate}/u.test(text);
}

/** True if a command has the input of the entry: kind, payer, points, instant and reference. */
export function isSameInput(command: PlainCommand, entry: PlainEntry): boolean {
  if (command.points !== entry.points || command.reference !== entry.reference) return false;
  if (command.kind === 'spendPoints' || entry.kind === 'spend') {
    return command.kind === 'spendPoints' && entry.kind === 'spend';
  }
  return command.payer === entry.payer && command.timestamp === entry.timestamp;
}
