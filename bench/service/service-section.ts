import { join } from 'node:path';
import { runChild } from '../support/child';
import { emptyDataFolder } from '../support/data-folder';
import type { Section, SectionResult } from '../support/section';
import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatRatio, formatSpread } from '../support/table';
import type { BurstFigures, ServiceRound, ServiceSamples } from './service-worker';

const callerCounts = [1, 32, 1_024];
const targetCallers = 1_024;
const targetShare = 0.6;

interface Row {
  readonly journal: 'memory' | 'sqlite';
  readonly callers: number;
  readonly rowsPerCommit: Spread;
  readonly rowsPerSecond: Spread;
  readonly bareRowsPerSecond: Spread;
  readonly ratioToBare: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
}

export const serviceSection: Section = {
  name: 'service',
  title: 'Service: durable adds through the batching service, without GraphQL and HTTP',
  async run() {
    const samples = await runChild<ServiceSamples>({
      script: join(__dirname, 'service-worker.js'),
      arguments: [emptyDataFolder('service'), ...callerCounts.map(String)],
    });
    const rows = (['sqlite', 'memory'] as const).flatMap((journal) =>
      callerCounts.map((callers) => rowOf(journal, callers, samples[callers])),
    );
    return present(rows);
  },
};

function rowOf(journal: Row['journal'], callers: number, rounds: readonly ServiceRound[]): Row {
  const of = (figure: keyof BurstFigures) => rounds.map((round) => round[journal][figure]);
  const bare = rounds.map(({ bareRowsPerSecond }) => bareRowsPerSecond);
  return {
    journal,
    callers,
    rowsPerCommit: spreadOf(rounds.map(({ rowsPerCommit }) => rowsPerCommit)),
    rowsPerSecond: spreadOf(of('rowsPerSecond')),
    bareRowsPerSecond: spreadOf(bare),
    ratioToBare: ratioOf(of('rowsPerSecond'), bare),
    p50Ms: spreadOf(of('p50Ms')),
    p99Ms: spreadOf(of('p99Ms')),
  };
}

function present(rows: readonly Row[]): SectionResult {
  const columns = ['journal, callers', 'rows/s', 'bare rows/s', 'ratio', 'rows/commit'];
  return {
    figures: rows,
    tables: [
      {
        title: 'Rows per second, median (quartiles)',
        columns: [...columns, 'p50 ms', 'p99 ms', 'target', ''],
        rows: rows.map(presentRow),
        notes: [
          'Bare: the rows that SQLite got through the service, again, by libsql alone, ' +
            'in the same commits, into a table of the same shape.',
          'Callers, service and disk writes share one thread of one process.',
        ],
      },
    ],
  };
}

function presentRow(row: Row): string[] {
  const isJudged = row.journal === 'sqlite' && row.callers === targetCallers;
  return [
    `${row.journal}, ${formatNumber(row.callers)}`,
    formatSpread(row.rowsPerSecond),
    formatSpread(row.bareRowsPerSecond),
    formatSpread(row.ratioToBare, formatRatio),
    row.journal === 'sqlite' ? formatNumber(row.rowsPerCommit.median) : '',
    row.p50Ms.median.toFixed(2),
    row.p99Ms.median.toFixed(2),
    isJudged ? `≥ ${targetShare}` : '',
    isJudged ? formatMet(row.ratioToBare.median >= targetShare) : '',
  ];
}
