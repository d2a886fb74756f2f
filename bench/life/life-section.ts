import { join } from 'node:path';
import { runChild } from '../support/child';
import type { Section } from '../support/section';
import { ratioOf, spreadOf } from '../support/spread';
import { formatMet, formatRatio, formatSpread } from '../support/table';
import type { LifeSamples } from './life-worker';
import { datedSpend, operations, plainSpend } from './operations';

/** The most that an operation may cost, in spends of one lot that expires, or none that does. */
const spendsMax: Readonly<Record<string, number>> = {
  'reversal of a spend of 1 lot, no dates': 2,
  'reversal of a grant, no dates': 2,
  'hold and capture of 1 lot, no dates': 2,
  'lapse of 1 lot': 2,
  'lapse of 1 lot, ends in no order': 2,
  'reversal of a spend of 1 lot': 2,
  'reversal of a grant': 2,
  'hold and capture of 1 lot': 2,
};

/** Processes differ by up to a fifth in what V8 compiles inline, so that several are pooled. */
const processes = 5;

/** Returns the samples of all processes, one process after the other. */
async function samplesOfProcesses(): Promise<LifeSamples> {
  const all: Record<string, number[]> = {};
  for (let index = 0; index < processes; index += 1) {
    const some = await runChild<LifeSamples>({ script: join(__dirname, 'life-worker.js') });
    for (const { name } of operations) all[name] = [...(all[name] ?? []), ...some[name]];
  }
  return all;
}

export const lifeSection: Section = {
  name: 'life',
  title: 'Dates, reversals and holds: rules alone, 10⁶ lots of 10 payers',
  async run() {
    const samples = await samplesOfProcesses();
    const figures = operations.map(({ name, ends }) => ({
      operation: name,
      nanoseconds: spreadOf(samples[name]),
      spends: ratioOf(samples[name], samples[ends === 'none' ? plainSpend : datedSpend]),
      plainSpends: ratioOf(samples[name], samples[plainSpend]),
    }));
    return {
      figures,
      tables: [
        {
          title: `Nanoseconds per operation in ${processes} processes, median (quartiles)`,
          columns: ['operation', 'ns', 'in spends', 'target', '', 'in spends without dates'],
          rows: figures.map(({ operation, nanoseconds, spends, plainSpends }) => {
            const max = spendsMax[operation];
            const [target, isMet] =
              max === undefined ? ['', ''] : [`≤ ${max}`, formatMet(spends.median <= max)];
            return [
              operation,
              formatSpread(nanoseconds),
              formatSpread(spends, formatRatio),
              target,
              isMet,
              formatSpread(plainSpends, formatRatio),
            ];
          }),
          notes: [
            'Lots of operations with dates all expire: in the order in which they were earned, where nothing else is said. _In spends_ is to the spend of one lot that expires, or of one without dates.',
          ],
        },
      ],
    };
  },
};
