import { join } from 'node:path';
import { runChild } from '../support/child';
import type { Section, SectionResult } from '../support/section';
import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { formatMet, formatRatio, formatSpread, formatThousands } from '../support/table';
import type { RulesSamples } from './rules-worker';
import { scenarios } from './scenarios';
import { type Target, targetOf } from './targets';

const sizes = [100, 10_000, 1_000_000];
const payerCounts = [1, 10, 10_000];

interface Row {
  readonly scenario: string;
  readonly payers: number;
  readonly referenceNanoseconds: Spread;
  readonly sizes: readonly SizeFigures[];
  /** The cost at the most lots over the cost at the fewest, round by round. */
  readonly growth: Spread;
  readonly target: Target | null;
}

interface SizeFigures {
  readonly lots: number;
  readonly nanosecondsPerOperation: Spread;
  /** Relative to one iteration of the reference loop, round by round. */
  readonly ratioToReference: Spread;
}

export const rulesSection: Section = {
  name: 'rules',
  title: 'Rules alone: decide and evolve on one account',
  async run() {
    const rows: Row[] = [];
    for (const payers of payerCounts) {
      for (const { name } of scenarios) rows.push(await measure(name, payers));
    }
    return present(rows);
  },
};

/**
 * Runs each scenario in a process of its own, so that none depends on how another was optimized.
 */
async function measure(scenario: string, payers: number): Promise<Row> {
  const measured = sizes.filter((lots) => lots >= payers);
  const samples = await runChild<RulesSamples>({
    script: join(__dirname, 'rules-worker.js'),
    arguments: [scenario, String(payers), ...measured.map(String)],
  });
  return {
    scenario,
    payers,
    referenceNanoseconds: spreadOf(samples.reference),
    sizes: measured.map((lots, index) => ({
      lots,
      nanosecondsPerOperation: spreadOf(samples.sizes[index]),
      ratioToReference: ratioOf(samples.sizes[index], samples.reference),
    })),
    growth: ratioOf(samples.sizes.at(-1)!, samples.sizes[0]),
    target: targetOf(scenario, payers),
  };
}

function present(rows: readonly Row[]): SectionResult {
  return {
    figures: rows,
    tables: [
      {
        title: 'Nanoseconds per operation, median (quartiles)',
        columns: ['payers, operation', '10² lots', '10⁴ lots', '10⁶ lots', 'reference loop'],
        rows: rows.map((row) => [
          label(row),
          ...sizes.map((lots) => {
            const figures = row.sizes.find((size) => size.lots === lots);
            return figures === undefined ? '' : formatSpread(figures.nanosecondsPerOperation);
          }),
          formatSpread(row.referenceNanoseconds, oneDecimal),
        ]),
        notes: ['The reference loop runs between the others: if it is slow, the machine was busy.'],
      },
      {
        title: 'At 10⁶ lots',
        columns: [
          'payers, operation',
          '1,000 operations/s',
          'in reference loops',
          'cost over fewest lots',
          'target',
          '',
        ],
        rows: rows.map(presentLarge),
        notes: ['Fewest lots are 10², with 10,000 payers 10⁴.'],
      },
    ],
  };
}

function presentLarge(row: Row): string[] {
  const { nanosecondsPerOperation, ratioToReference } = row.sizes.at(-1)!;
  const { target } = row;
  return [
    label(row),
    formatThousands(1e9 / nanosecondsPerOperation.median),
    formatSpread(ratioToReference, oneDecimal),
    formatSpread(row.growth, formatRatio),
    target?.text ?? '',
    target === null
      ? ''
      : formatMet(target.isMet(nanosecondsPerOperation.median, row.growth.median)),
  ];
}

function label({ payers, scenario }: Row): string {
  return `${payers.toLocaleString('en-US')}, ${scenario}`;
}

function oneDecimal(value: number): string {
  return value.toFixed(1);
}
