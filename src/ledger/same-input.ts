import type {
  AddTransaction,
  CaptureHold,
  Command,
  HoldPoints,
  ReverseSpend,
  ReverseTransaction,
  SpendPoints,
} from './command';
import {
  type CaptureEntry,
  type Entry,
  isCapture,
  type LotSpendEntry,
  type TransactionEntry,
} from './entry';
import type { HoldEntry } from './hold-entry';
import { unreachable } from './invariant';
import { isSameChoice } from './payer-choice';
import type { SpendReversalEntry, TransactionReversalEntry } from './reversal-entry';

/**
 * True if a command has the input that an entry was made from, as it was requested: null points are
 * not the same as their number. O(names of chosen payers).
 */
export function isSameInput(command: Command, entry: Entry): boolean {
  if (command.reference !== entry.reference) return false;
  switch (command.kind) {
    case 'addTransaction':
      return entry.kind === 'transaction' && isSameTransaction(command, entry);
    case 'spendPoints':
      return entry.kind === 'spend' && !isCapture(entry) && isSameTaking(command, entry);
    case 'holdPoints':
      return (
        entry.kind === 'hold' &&
        command.expiresAt === entry.expiresAt &&
        isSameTaking(command, entry)
      );
    case 'captureHold':
      return isCapture(entry) && isSameCapture(command, entry);
    case 'releaseHold':
      return entry.kind === 'release' && command.target === entry.target;
    case 'reverseSpend':
      return entry.kind === 'spendReversal' && isSameReversal(command, entry);
    case 'reverseTransaction':
      return (
        entry.kind === 'transactionReversal' &&
        command.spentPart === entry.spentPart &&
        isSameReversal(command, entry)
      );
    default:
      return unreachable(command);
  }
}

function isSameTransaction(command: AddTransaction, entry: TransactionEntry): boolean {
  return (
    command.points === entry.points &&
    command.payer === entry.payer &&
    command.timestamp === entry.timestamp &&
    command.availableFrom === entry.availableFrom &&
    command.expiresAt === entry.expiresAt
  );
}

function isSameReversal(
  command: ReverseSpend | ReverseTransaction,
  entry: SpendReversalEntry | TransactionReversalEntry,
): boolean {
  return command.target === entry.target && command.points === entry.requested;
}

function isSameTaking(
  command: SpendPoints | HoldPoints,
  entry: LotSpendEntry | HoldEntry,
): boolean {
  return (
    command.points === (entry.requested ?? entry.points) &&
    (command.upTo === true) === (entry.upTo === true) &&
    isSameChoice(command.payers, entry.payers)
  );
}

function isSameCapture(command: CaptureHold, entry: CaptureEntry): boolean {
  return (
    command.target === entry.target &&
    command.points === entry.requested &&
    command.keepRest === entry.keepRest
  );
}
