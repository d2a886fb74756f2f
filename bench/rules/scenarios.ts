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

/** Lots are added at random times between the oldest and the newest. */
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
  // Lots in order are added too, or the same span of time would hold more and more lots.
  settle(filled, operations) {
    filled.grow(operations);
    filled.shrink(operations * 2);
  },
};

/**
 * Each debit covers a lot, so that the cursor of its payer moves. A debit is permanent: only an
 * undo removes it.
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

/** Of ten operations five add, four spend a lot and one debits a tenth of a lot. */
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
  // Not the newest payer, whose data are cached, nor one of the oldest, which may be spent.
  const lot = filled.nextLot - (filled.lots >> 2);
  return addCommand(filled.payerOf(lot), -pointsPerLot / 10, filled.newestTimestamp);
}

/**
 * Half of a payer's points are debited; then an older lot of that payer takes the debit over and
 * frees them.
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
 * Moves on to other lots and payers: after an undo the next block would find everything in the
 * processor's caches.
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
