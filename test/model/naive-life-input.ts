import type { Command, SpendPoints } from '../../src/ledger/command';
import type { Allocation, Entry } from '../../src/ledger/entry';

/** True if a command has the input that the entry was made from, as it was requested. */
export function isSameInput(command: Command, entry: Entry): boolean {
  return JSON.stringify(inputOfCommand(command)) === JSON.stringify(inputOfEntry(entry));
}

function inputOfCommand(command: Command): readonly unknown[] {
  const { reference } = command;
  switch (command.kind) {
    case 'addTransaction':
      return ['transaction', command.points, reference, ...datesOf(command)];
    case 'spendPoints':
      return ['spend', command.points, reference, choiceOf(command)];
    case 'holdPoints':
      return ['hold', command.points, reference, choiceOf(command), command.expiresAt];
    case 'captureHold':
      return ['capture', command.points, reference, command.target, command.keepRest];
    case 'releaseHold':
      return ['release', reference, command.target];
    case 'reverseSpend':
      return ['spendReversal', command.points, reference, command.target];
    case 'reverseTransaction':
      return ['transactionReversal', command.points, reference, command.target, command.spentPart];
  }
}

function inputOfEntry(entry: Entry): readonly unknown[] {
  const { kind, reference } = entry;
  switch (entry.kind) {
    case 'transaction':
      return [kind, entry.points, reference, ...datesOf(entry)];
    case 'spend':
      if ('target' in entry) {
        return ['capture', entry.requested, reference, entry.target, entry.keepRest];
      }
      return [kind, entry.requested ?? entry.points, reference, choiceOf(entry)];
    case 'hold':
      return [kind, entry.requested, reference, choiceOf(entry), entry.expiresAt];
    case 'release':
      return [kind, reference, entry.target];
    case 'spendReversal':
      return [kind, entry.requested, reference, entry.target];
    case 'transactionReversal':
      return [kind, entry.requested, reference, entry.target, entry.spentPart];
    case 'lapse':
      throw new Error('a lapse has no key');
  }
}

/** Returns the payers as a set, and whether fewer points would do, as an entry has them. */
export function choiceOf({ payers, upTo }: Pick<SpendPoints, 'payers' | 'upTo'>): object {
  const isUpTo = upTo === true ? { upTo: true } : {};
  if (payers === undefined) return isUpTo;
  const names = 'only' in payers ? payers.only : payers.except;
  const set = [...new Set(names)].sort(byCodePoints);
  return { payers: 'only' in payers ? { only: set } : { except: set }, ...isUpTo };
}

function byCodePoints(left: string, right: string): number {
  const [a, b] = [left, right].map((name) => Array.from(name, (each) => each.codePointAt(0)!));
  const at = a!.findIndex((code, index) => code !== b![index]);
  return at < 0 ? a!.length - b!.length : a![at]! - (b![at] ?? -1);
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
  if ('points' in command && command.points !== null && command.points <= 0) {
    return 'INVALID_POINTS';
  }
  if (!('payers' in command) || command.payers === undefined) return null;
  const names = new Set('only' in command.payers ? command.payers.only : command.payers.except);
  const isValid = names.size >= 1 && names.size <= 100 && !names.has('');
  return isValid ? null : 'INVALID_PAYERS';
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
