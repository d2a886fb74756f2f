import { join } from 'node:path';
import { runChild } from '../support/child';
import type { Section } from '../support/section';
import { type Spread, spreadOf } from '../support/spread';
import { formatMet, formatSpread } from '../support/table';
import type { MemoryFigures } from './memory-worker';

interface Filling {
  readonly name: string;
  readonly label: string;
  readonly bytesPerLotMax: number;
}

const fillings: readonly Filling[] = [
  { name: 'one-payer', label: '10⁶ lots of 1 payer in one account', bytesPerLotMax: 64 },
  { name: 'ten-payers', label: '10⁶ lots of 10 payers in one account', bytesPerLotMax: 64 },
  {
    name: 'ten-thousand-payers',
    label: '10⁶ lots of 10,000 payers in one account',
    bytesPerLotMax: 64,
  },
  {
    name: 'small-accounts',
    label: '10⁵ accounts of 10 lots and 3 payers',
    bytesPerLotMax: 300,
  },
];

const rounds = 3;

export const memorySection: Section = {
  name: 'memory',
  title: 'Memory',
  async run() {
    const rows = await Promise.all(fillings.map(measure));
    return {
      figures: rows,
      tables: [
        {
          title: 'Bytes of the heap per open lot, median (quartiles) of three processes',
          columns: ['filled with', 'bytes/lot', 'target', ''],
          rows: rows.map(({ label, heapBytesPerLot, bytesPerLotMax }) => [
            label,
            formatSpread(heapBytesPerLot),
            `≤ ${bytesPerLotMax}`,
            formatMet(heapBytesPerLot.median <= bytesPerLotMax),
          ]),
          notes: ['The entries are the journal’s and not counted: nothing keeps them in memory.'],
        },
      ],
    };
  },
};

async function measure(filling: Filling): Promise<Filling & { heapBytesPerLot: Spread }> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const figures = await runChild<MemoryFigures>({
      script: join(__dirname, 'memory-worker.js'),
      arguments: [filling.name],
      nodeOptions: ['--expose-gc'],
    });
    samples.push(figures.heapBytesPerLot);
  }
  return { ...filling, heapBytesPerLot: spreadOf(samples) };
}
