import type { Command } from '../../src/ledger/command';
import type { Undo } from '../../src/ledger/evolve';
import type { FilledAccount } from './filled-account';

/** One kind of work on an account. Only what happens between `prepare` and `settle` is measured. */
export interface Scenario {
  readonly name: string;
  /** Commands that make one operation of the table. */
  readonly commandsPerOperation: number;
  /** Lots that one operation opens or spends: a block may touch only a part of the account. */
  readonly lotsPerOperation: number;
  /** Returns the next block of commands, all of which the account accepts one after another. */
  prepare(filled: FilledAccount, operations: number): readonly Command[];
  /** Restores the account to its size. */
  settle(filled: FilledAccount, operations: number, undos: Undo[]): void;
}

export function undoAll(undos: Undo[]): void {
  while (undos.length > 0) undos.pop()!();
}

export function repeat<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
