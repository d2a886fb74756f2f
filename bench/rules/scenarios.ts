import type { Command } from '../../src/ledger/command';
import { seededRandom } from '../support/random';
import { addCommand, type FilledAccount, pointsPerLot, spendCommand } from './filled-account';
import { repeat, type Scenario, undoAll } from './scenario';

const random = seededRandom();

const addsInOrder: Scenario = {
  name: 'add in order',
  commandsPerOperation: 1,
  lotsPerOperation: 1,
  prepare: (filled, operations) => repeat(operations, () => filled.addInOrder()),
  settle: (filled, operations) => filled.shrink(operations),
};

/** Lots go anywhere between the oldest and the newest. */
const addsOutOfOrder: Scenario = {
  name: 'add out of order',
  commandsPerOperation: 1,
  lotsPerOperation: 1,
  prepare(filled, operations) {
    const from = filled.oldestTimestamp;
    const width = filled.newestTimestamp - from;
    return repeat(operations, (index) =>
      addCommand(
        filled.payerOf(filled.nextLot + index),
        pointsPerLot,
        from + Math.floor(random() * width),
      ),
    );
  },
  // Lots in order come in too, or else the same span of time would hold more and more lots.
  settle(filled, operations) {
    filled.grow(operations);
    filled.shrink(operations * 2);
  },
};

/**
 * Each debit covers a lot, so that the cursor of its payer moves on. A debit lies for ever: only an
 * undo lifts it.
 */
const debits: Scenario = {
  name: 'debit',
  commandsPerOperation: 1,
  lotsPerOperation: 1,
  prepare: (filled, operations) =>
    repeat(operations, (index) =>
      addCommand(filled.payerOf(filled.nextLot + index), -pointsPerLot, filled.newestTimestamp),
    ),
  settle(filled, operations, undos) {
    undoAll(undos);
    moveOn(filled, operations);
  },
};

function spendsOf(lots: number): Scenario {
  return {
    name: lots === 1 ? 'spend of 1 lot' : `spend of ${lots} lots`,
    commandsPerOperation: 1,
    lotsPerOperation: lots,
    prepare: (_, operations) => repeat(operations, () => spendCommand(lots * pointsPerLot)),
    settle: (filled, operations) => filled.grow(operations * lots),
  };
}

/** Of ten operations five add, four spend a lot and one takes a tenth of a lot back. */
const mixed: Scenario = {
  name: 'mixed',
  commandsPerOperation: 1,
  lotsPerOperation: 1,
  prepare: (filled, operations) => repeat(operations, (index) => mixedCommand(filled, index)),
  settle(filled, operations, undos) {
    undoAll(undos);
    filled.nextLot -= repeat(operations, (index) => index).filter(isAdd).length;
    moveOn(filled, operations);
  },
};

function isAdd(index: number): boolean {
  return index % 2 === 0;
}

function mixedCommand(filled: FilledAccount, index: number): Command {
  if (isAdd(index)) return filled.addInOrder();
  if (index % 10 !== 9) return spendCommand(pointsPerLot);
  // Not the newest payer, whose data are at hand, nor one of the oldest, that may be spent.
  const lot = filled.nextLot - (filled.lots >> 2);
  return addCommand(filled.payerOf(lot), -pointsPerLot / 10, filled.newestTimestamp);
}

/**
 * Half of what a payer has is taken back; then an older lot of that payer takes the debit over and
 * frees it again.
 */
const toAndFro: Scenario = {
  name: 'to and fro',
  commandsPerOperation: 2,
  lotsPerOperation: 1,
  prepare(filled, operations) {
    const { account, oldestTimestamp } = filled;
    return repeat(operations, (index) => {
      const payer = filled.payerOf(filled.nextLot + index);
      const half = Math.floor(account.payers.get(payer)!.balance / 2);
      const older = oldestTimestamp - 1 - index;
      return [addCommand(payer, -half, oldestTimestamp), addCommand(payer, half, older)];
    }).flat();
  },
  settle(filled, operations, undos) {
    undoAll(undos);
    moveOn(filled, operations);
  },
};

/**
 * After an undo the next block would find everything at hand; this lets it find other lots and
 * payers.
 */
function moveOn(filled: FilledAccount, lots: number): void {
  filled.grow(lots);
  filled.shrink(lots);
}

export const scenarios: readonly Scenario[] = [
  addsInOrder,
  addsOutOfOrder,
  debits,
  spendsOf(1),
  spendsOf(100),
  mixed,
  toAndFro,
];
