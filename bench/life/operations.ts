import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import type { Undo } from '../../src/ledger/evolve';
import { lapse } from '../../src/ledger/lapse';
import type { Target } from '../../src/ledger/target';
import {
  captureOf,
  type DatedAccount,
  type Ends,
  now,
  reversalOf,
  targetOf,
} from './dated-account';

/** What is measured, with what it needs made beforehand. */
export interface Operation {
  readonly name: string;
  readonly ends: Ends;
  /** Returns what is timed, and undoes what was not: `operations` times the operation. */
  prepare(filled: DatedAccount, operations: number): Run;
}

interface Run {
  readonly timed: (undos: Undo[]) => void;
  /** Of what was made beforehand. */
  readonly undos: readonly Undo[];
}

export const plainSpend = 'spend of 1 lot, no dates';
export const datedSpend = 'spend of 1 lot';

function commands(
  name: string,
  ends: Ends,
  commandOf: (filled: DatedAccount) => ReturnType<DatedAccount['add' | 'spend']>,
): Operation {
  return {
    name,
    ends,
    prepare(filled, operations) {
      const made = Array.from({ length: operations }, () => commandOf(filled));
      return {
        undos: [],
        timed(undos) {
          for (const command of made) undos.push(filled.apply(command).undo);
        },
      };
    },
  };
}

/** The reversal of each of many entries, which are made beforehand. */
function reversals(name: string, ends: Ends, make: (filled: DatedAccount) => Made): Operation {
  return {
    name,
    ends,
    prepare(filled, operations) {
      const made = Array.from({ length: operations }, () => make(filled));
      const planned = made.map(({ entry }) => [reversalOf(entry), targetOf(entry)] as const);
      return {
        undos: made.map(({ undo }) => undo),
        timed(undos) {
          for (const [command, target] of planned) undos.push(filled.apply(command, target).undo);
        },
      };
    },
  };
}

interface Made {
  readonly entry: Entry;
  readonly undo: Undo;
}

const spent = (filled: DatedAccount) => filled.apply(filled.spend());
const granted = (filled: DatedAccount) => filled.apply(filled.add());

/** Each lapse is of the lot that expires next, at its instant. */
const lapsesOf = (name: string, ends: Ends): Operation => ({
  name,
  ends,
  prepare: ({ account }, operations) => ({
    undos: [],
    timed(undos) {
      for (let index = 0; index < operations; index += 1) {
        const at = Math.max(now, account.nextDue);
        undos.push(lapse(account, { now: at, id: 'entry' }, 1)!.undo);
      }
    },
  }),
});

const holds = (name: string, ends: Ends): Operation => ({
  name,
  ends,
  prepare(filled, operations) {
    const first = filled.account.sequence + 1;
    const made: Command[] = [];
    for (let index = 0; index < operations; index += 1) {
      made.push(filled.hold(), captureOf(first + 2 * index));
    }
    return {
      undos: [],
      timed(undos) {
        let target: Target | null = null;
        for (const command of made) {
          const { entry, undo } = filled.apply(command, target);
          undos.push(undo);
          target = entry.kind === 'hold' ? targetOf(entry) : null;
        }
      },
    };
  },
});

export const operations: readonly Operation[] = [
  commands(plainSpend, 'none', (filled) => filled.spend()),
  commands('add, no dates', 'none', (filled) => filled.add()),
  reversals('reversal of a spend of 1 lot, no dates', 'none', spent),
  reversals('reversal of a grant, no dates', 'none', granted),
  holds('hold and capture of 1 lot, no dates', 'none'),
  commands(datedSpend, 'in order', (filled) => filled.spend()),
  commands('add', 'in order', (filled) => filled.add()),
  commands('add, ends in no order', 'random', (filled) => filled.add()),
  lapsesOf('lapse of 1 lot', 'in order'),
  lapsesOf('lapse of 1 lot, ends in no order', 'random'),
  reversals('reversal of a spend of 1 lot', 'in order', spent),
  reversals('reversal of a grant', 'in order', granted),
  holds('hold and capture of 1 lot', 'in order'),
];
