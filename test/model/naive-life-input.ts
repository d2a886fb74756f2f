import type { Command } from '../../src/ledger/command';
import type { Allocation, Entry } from '../../src/ledger/entry';

/** True if a command has the input that the entry was made from, as it was requested. */
export function isSameInput(command: Command, entry: Entry): boolean {
  return JSON.stringify(inputOfCommand(command)) === JSON.stringify(inputOfEntry(entry));
}

function inputOfCommand(command: Command): readonly unknown[] {
  const { kind, points, reference } = command;
  switch (command.kind) {
    case 'addTransaction':
      return ['transaction', points, reference, ...datesOf(command)];
    case 'spendPoints':
      return ['spend', points, reference];
    case 'reverseSpend':
      return ['spendReversal', points, reference, command.target];
    case 'reverseTransaction':
      return ['transactionReversal', points, reference, command.target, command.spentPart];
    default:
      throw new Error(`${kind} is no command`);
  }
}

function inputOfEntry(entry: Entry): readonly unknown[] {
  const { kind, reference } = entry;
  switch (entry.kind) {
    case 'transaction':
      return [kind, entry.points, reference, ...datesOf(entry)];
    case 'spend':
      return [kind, entry.points, reference];
    case 'spendReversal':
      return [kind, entry.requested, reference, entry.target];
    case 'transactionReversal':
      return [kind, entry.requested, reference, entry.target, entry.spentPart];
    case 'lapse':
      throw new Error('a lapse has no key');
  }
}

function datesOf(input: {
  readonly payer: string;
  readonly timestamp: number;
  readonly availableFrom?: number;
  readonly expiresAt?: number;
}): readonly unknown[] {
  return [input.payer, input.timestamp, input.availableFrom ?? null, input.expiresAt ?? null];
}

/** Returns the code of a command that is wrong at any time. */
export function malformation(command: Command): string | null {
  if (command.kind === 'addTransaction') {
    if (command.points === 0) return 'INVALID_POINTS';
    const isDated = command.availableFrom !== undefined || command.expiresAt !== undefined;
    return command.points < 0 && isDated ? 'INVALID_DATES' : null;
  }
  return command.points !== null && command.points <= 0 ? 'INVALID_POINTS' : null;
}

/** Returns, point by point, those that were taken last, without those that went back before. */
export function takenLast(
  taken: readonly Allocation[],
  before: number,
  points: number,
): Allocation[] {
  const backwards = taken.flatMap((lot) => new Array<Allocation>(lot.points).fill(lot)).reverse();
  const back = new Map<Allocation, number>();
  for (const lot of backwards.slice(before, before + points))
    back.set(lot, (back.get(lot) ?? 0) + 1);
  return Array.from(back, ([lot, count]) => ({ ...lot, points: count }));
}
