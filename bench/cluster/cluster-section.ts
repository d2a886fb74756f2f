import { startDatabase } from '../postgres/database';
import type { Section } from '../support/section';
import { formatRatio, formatSpread, type Table } from '../support/table';
import { measure, type Row } from './measure';
import { readPlan } from './runs';
import { presentTargets } from './targets';

const disturbedShare = 0.1;

export const clusterSection: Section = {
  name: 'cluster',
  title: 'Several servers behind nginx, beside a row-lock server behind the same nginx',
  async run(options) {
    const plan = readPlan(options);
    const database = await startDatabase();
    try {
      const rows = await measure(database, plan);
      return { figures: rows, tables: [presentRuns(rows), presentTargets(rows)] };
    } finally {
      await database.stop();
    }
  },
};

function presentRuns(rows: readonly Row[]): Table {
  return {
    title: 'addTransaction through nginx on PostgreSQL, median (quartiles)',
    columns: [
      'run',
      'requests/s',
      'reference',
      'ratio',
      'p50 ms',
      'p99 ms',
      'servers ms',
      'PostgreSQL ms',
      'idle',
      'others',
      '',
    ],
    rows: rows.map((row) => [
      row.name,
      formatSpread(row.requestsPerSecond),
      formatSpread(row.referenceRequestsPerSecond),
      formatSpread(row.ratio, formatRatio),
      row.p50Ms.toFixed(1),
      row.p99Ms.toFixed(1),
      row.serverCpuMsPerRequest.toFixed(3),
      row.postgresCpuMsPerRequest.toFixed(3),
      formatPercent(row.shares.idle),
      formatPercent(row.othersShareMax),
      marksOf(row).join(', '),
    ]),
    notes: [
      'hashed: with the bucket of the account in the header; random: without it. ms: round trip ' +
        'between servers and database, by a proxy. The reference runs behind the same nginx and proxy.',
      'servers ms, PostgreSQL ms: processor time per request. idle: share of the processors.',
      'DISTURBED: other programs took more than 10 % of the processors in a burst (others). ' +
        'REFUSED: some of the responses that were checked were refusals or errors.',
    ],
  };
}

function marksOf({ othersShareMax, refusedShare }: Row): string[] {
  return [
    ...(othersShareMax > disturbedShare ? ['DISTURBED'] : []),
    ...(refusedShare > 0 ? [`REFUSED ${formatPercent(refusedShare)}`] : []),
  ];
}

function formatPercent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
