import type { Undo } from '../../src/ledger/evolve';
import { applyAll, FilledAccount } from './filled-account';
import { referenceLoop } from './reference-loop';
import type { Scenario } from './scenario';
import { scenarios } from './scenarios';

/** Samples of one scenario with one number of payers, in nanoseconds per operation. */
export interface RulesSamples {
  readonly reference: readonly number[];
  /** In the order of the requested sizes. */
  readonly sizes: readonly (readonly number[])[];
}

const warmUpRounds = 4;
const rounds = 25;
/** Long enough to include a typical share of garbage collection. */
const sampleNanoseconds = 10_000_000;
const blockLotsMax = 1_024;

main();

function main(): void {
  const [scenarioName, payers, ...sizes] = process.argv.slice(2);
  const scenario = scenarios.find(({ name }) => name === scenarioName)!;
  const accounts = sizes.map((lots) => new FilledAccount(Number(lots), Number(payers)));
  const runs = [
    () => sampleReference(),
    ...accounts.map((filled) => () => sample(scenario, filled)),
  ];
  const samples: number[][] = runs.map(() => []);
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    runs.forEach((run, index) => {
      const nanoseconds = run();
      if (round >= warmUpRounds) samples[index].push(nanoseconds);
    });
  }
  const [reference, ...bySize] = samples;
  process.send!({ reference, sizes: bySize } satisfies RulesSamples);
}

function sampleReference(): number {
  const operations = 100_000;
  const start = process.hrtime.bigint();
  referenceLoop(operations);
  return Number(process.hrtime.bigint() - start) / operations;
}

/** Returns one sample. Preparing and restoring a block is not timed. */
function sample(scenario: Scenario, filled: FilledAccount): number {
  const { lotsPerOperation, commandsPerOperation } = scenario;
  const lotsOfBlock = Math.min(filled.lots / 4, blockLotsMax);
  const operations = Math.max(1, Math.floor(lotsOfBlock / lotsPerOperation));
  const undos: Undo[] = [];
  let spent = 0;
  let done = 0;
  while (spent < sampleNanoseconds) {
    const commands = scenario.prepare(filled, operations);
    const start = process.hrtime.bigint();
    applyAll(filled.account, commands, undos);
    spent += Number(process.hrtime.bigint() - start);
    done += commands.length / commandsPerOperation;
    scenario.settle(filled, operations, undos);
    undos.length = 0;
  }
  return spent / done;
}
