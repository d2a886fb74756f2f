import { join } from 'node:path';
import { runChild } from '../support/child';
import { emptyDataFolder } from '../support/data-folder';
import type { Section } from '../support/section';
import { formatNumber, type Table } from '../support/table';
import type { GrowthPlan, GrowthStep } from './growth-worker';

const accounts = 500_000;
const growing: GrowthPlan = { accounts, rowsPerStep: 250_000, steps: 8 };
/** In a new process, which has no account in memory. */
const afterRestart: GrowthPlan = { accounts, rowsPerStep: 50_000, steps: 3 };

export const growthSection: Section = {
  name: 'growth',
  title: 'Growth: random adds with keys to a file that grows',
  async run() {
    const folder = emptyDataFolder('growth');
    const grown = await run(folder, growing);
    const restarted = await run(folder, afterRestart);
    return {
      figures: [{ grown, restarted }],
      tables: [
        stepsTable('While it grows', grown),
        stepsTable('After a restart', restarted),
        sizesTable(grown.at(-1)!),
      ],
    };
  },
};

function run(folder: string, plan: GrowthPlan): Promise<GrowthStep[]> {
  return runChild<GrowthStep[]>({
    script: join(__dirname, 'growth-worker.js'),
    arguments: [folder, JSON.stringify(plan)],
  });
}

function stepsTable(title: string, steps: readonly GrowthStep[]): Table {
  return {
    title,
    columns: ['rows in the file', 'rows/s', 'CPU µs/row', 'bytes/row', 'index depth', 'MiB'],
    rows: steps.map((step) => [
      formatNumber(step.rows),
      formatNumber(step.rowsPerSecond),
      step.processorMicrosecondsPerRow.toFixed(1),
      formatNumber(step.bytesPerRow),
      String(step.indexDepth),
      formatNumber(step.residentBytes / 1_048_576),
    ]),
    notes: [
      `Adds over ${formatNumber(accounts)} accounts through the service, 1,024 at a time, each with a ` +
        'random key.',
    ],
  };
}

function sizesTable({ bytesPerRowOf }: GrowthStep): Table {
  return {
    title: 'What the bytes of a row are',
    columns: ['table or index', 'bytes/row'],
    rows: Object.entries(bytesPerRowOf).map(([name, bytes]) => [name, formatNumber(bytes)]),
    notes: [],
  };
}
