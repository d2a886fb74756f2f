import type { Undo } from '../../src/ledger/evolve';
import { DatedAccount, type Ends } from './dated-account';
import { type Operation, operations } from './operations';

/** Samples by operation, in nanoseconds per operation. */
export type LifeSamples = Readonly<Record<string, readonly number[]>>;

const lots = 1_000_000;
const warmUpRounds = 4;
const rounds = 25;
const operationsPerBlock = 256;
const sampleNanoseconds = 10_000_000;

main();

function main(): void {
  const accounts: Readonly<Record<Ends, DatedAccount>> = {
    none: new DatedAccount(lots, 'none'),
    'in order': new DatedAccount(lots, 'in order'),
    random: new DatedAccount(lots, 'random'),
  };
  const samples: Record<string, number[]> = Object.fromEntries(
    operations.map(({ name }) => [name, []]),
  );
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    for (const operation of operations) {
      const nanoseconds = sample(operation, accounts[operation.ends]);
      if (round >= warmUpRounds) samples[operation.name].push(nanoseconds);
    }
  }
  process.send!(samples satisfies LifeSamples);
}

/** Returns one sample. Preparing and restoring a block is not timed. */
function sample(operation: Operation, filled: DatedAccount): number {
  let spent = 0;
  let done = 0;
  while (spent < sampleNanoseconds) {
    const { timed, undos: before } = operation.prepare(filled, operationsPerBlock);
    const undos: Undo[] = [];
    const start = process.hrtime.bigint();
    timed(undos);
    spent += Number(process.hrtime.bigint() - start);
    done += operationsPerBlock;
    for (const undo of [...before, ...undos].reverse()) undo();
  }
  return spent / done;
}
