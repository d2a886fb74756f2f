import type { AddTransaction, Command, SpendPoints } from '../../src/ledger/command';
import type { Entry, SpendEntry, TransactionEntry } from '../../src/ledger/entry';

/** The commands and entries of part one of the rule, which are all that `NaiveLedger` knows. */
export type PlainCommand = AddTransaction | SpendPoints;
export type PlainEntry = TransactionEntry | SpendEntry;

export function plainCommand<C extends Command>(command: C): C & PlainCommand {
  const { kind } = command;
  if (kind === 'addTransaction' || kind === 'spendPoints') return command as C & PlainCommand;
  throw new Error(`${kind} is not of part one of the rule`);
}

export function plainEntry(entry: Entry): PlainEntry {
  if (entry.kind === 'transaction' || entry.kind === 'spend') return entry;
  throw new Error(`an entry of kind ${entry.kind} is not of part one of the rule`);
}
