import { join } from 'node:path';
import { runChild } from '../support/child';
import type { Section } from '../support/section';
import { type Spread, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatSpread, type Table } from '../support/table';
import type { MemoryFigures } from './memory-worker';
import { measureServer, openLots, type ServerMemory } from './server-memory';

interface Filling {
  readonly name: string;
  readonly label: string;
  readonly bytesPerLotMax: number;
}

const fillings: readonly Filling[] = [
  { name: 'one-payer', label: '10⁶ lots of 1 payer in one account', bytesPerLotMax: 48 },
  { name: 'ten-payers', label: '10⁶ lots of 10 payers in one account', bytesPerLotMax: 48 },
  {
    name: 'ten-thousand-payers',
    label: '10⁶ lots of 10,000 payers in one account',
    bytesPerLotMax: 48,
  },
  {
    name: 'ten-payers-with-ends',
    label: '10⁶ lots of 10 payers that all expire',
    bytesPerLotMax: 60,
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
    const server = await measureServer();
    return {
      figures: [...rows, server],
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
          notes: [
            'Entries are not counted: they are in the journal, and nothing keeps them in memory.',
          ],
        },
        presentServer(server),
      ],
    };
  },
};

function presentServer({ atRestBytes, filledBytes }: ServerMemory): Table {
  return {
    title: 'Resident memory of the server, MiB',
    columns: ['server', 'MiB'],
    rows: [
      ['at rest', formatMebibytes(atRestBytes)],
      [
        `with ${formatNumber(openLots)} open lots, after importing them`,
        formatMebibytes(filledBytes),
      ],
    ],
    notes: [
      'Includes the engine, the program, and memory that the garbage collector has not returned.',
    ],
  };
}

function formatMebibytes(bytes: number | null): string {
  return bytes === null ? 'unknown' : formatNumber(bytes / 1_048_576);
}

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
