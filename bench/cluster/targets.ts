import { formatMet, formatRatio, type Table } from '../support/table';
import type { Row } from './measure';

/** What a target needs of the figures: each value is of one run. */
interface Target {
  readonly text: string;
  readonly bound: readonly ['≥' | '≤', number];
  readonly values: (rows: readonly Row[]) => readonly Value[];
}

interface Value {
  readonly row: Row;
  readonly value: number;
}

const targets: readonly Target[] = [
  {
    text: 'hashed: processor time per request, 4 servers to one',
    bound: ['≤', 1.4],
    values: (rows) => toOneServer(rows, 'hashed', 4, cpuMs),
  },
  {
    text: 'hashed: to the reference at 0 ms',
    bound: ['≥', 2],
    values: (rows) => ratios(rows, (row) => row.route === 'hashed' && isNear(row) && !isHot(row)),
  },
  {
    text: 'hashed: to the reference at 5 ms, 256 callers',
    bound: ['≥', 5],
    values: (rows) =>
      ratios(rows, (row) => row.route === 'hashed' && isFar(row) && !isHot(row) && isMany(row)),
  },
  {
    text: 'hashed, hot: to the reference at 0 ms',
    bound: ['≥', 8],
    values: (rows) => ratios(rows, (row) => row.route === 'hashed' && isNear(row) && isHot(row)),
  },
  {
    text: 'hashed, hot: to the reference at 5 ms',
    bound: ['≥', 50],
    values: (rows) => ratios(rows, (row) => row.route === 'hashed' && isFar(row) && isHot(row)),
  },
  {
    text: 'hashed: requests/s, 2 servers to one',
    bound: ['≥', 0.9],
    values: (rows) => toOneServer(rows, 'hashed', 2, (row) => row.requestsPerSecond.median),
  },
  {
    text: 'random: to the reference at 0 ms, 2 servers',
    bound: ['≥', 2],
    values: (rows) => ratios(rows, (row) => isRandomNear(row) && row.servers === 2),
  },
  {
    text: 'random: to the reference at 0 ms, 4 servers',
    bound: ['≥', 1.6],
    values: (rows) => ratios(rows, (row) => isRandomNear(row) && row.servers === 4),
  },
  {
    text: 'random, an aim: to the reference at 5 ms, 4 servers, 64 callers',
    bound: ['≥', 3],
    values: (rows) =>
      ratios(
        rows,
        (row) => row.route === 'random' && isFar(row) && row.servers === 4 && !isMany(row),
      ),
  },
  {
    text: 'random, an aim: processor time per request, 4 servers to one',
    bound: ['≤', 2.5],
    values: (rows) => toOneServer(rows, 'random', 4, cpuMs),
  },
];

const isHot = ({ accounts }: Row) => accounts === 1;
const isNear = ({ roundTripMs }: Row) => roundTripMs === 0;
const isFar = ({ roundTripMs }: Row) => roundTripMs === 5;
const isMany = ({ callers }: Row) => callers === 256;
const isRandomNear = (row: Row) => row.route === 'random' && isNear(row) && !isHot(row);

/** Processor time of servers and database per request. */
const cpuMs = (row: Row) => row.serverCpuMsPerRequest + row.postgresCpuMsPerRequest;

function ratios(rows: readonly Row[], isMeant: (row: Row) => boolean): Value[] {
  return rows.filter(isMeant).map((row) => ({ row, value: row.ratio.median }));
}

/** Divides by the same run with one server; left out where that was not measured. */
function toOneServer(
  rows: readonly Row[],
  route: Row['route'],
  servers: number,
  figure: (row: Row) => number,
): Value[] {
  const isSame = (one: Row, row: Row) =>
    one.servers === 1 &&
    one.route === route &&
    one.accounts === row.accounts &&
    one.roundTripMs === row.roundTripMs &&
    one.callers === row.callers;
  return rows
    .filter((row) => row.route === route && row.servers === servers)
    .flatMap((row) => {
      const one = rows.find((each) => isSame(each, row));
      return one === undefined ? [] : [{ row, value: figure(row) / figure(one) }];
    });
}

/**
 * The targets with the worst value of each; where one is missed, the notes say who took the time.
 */
export function presentTargets(rows: readonly Row[]): Table {
  const results = targets.map(({ text, bound: [sign, bound], values }) => {
    const all = values(rows).toSorted((a, b) =>
      sign === '≥' ? a.value - b.value : b.value - a.value,
    );
    const worst = all[0] ?? null;
    const isMet = worst !== null && (sign === '≥' ? worst.value >= bound : worst.value <= bound);
    return { text, target: `${sign} ${bound}`, worst, isMet };
  });
  const missed = results.filter(({ worst, isMet }) => worst !== null && !isMet);
  return {
    title: 'Targets, by the run in which each is worst',
    columns: ['target', 'bound', 'worst', 'in', ''],
    rows: results.map(({ text, target, worst, isMet }) => [
      text,
      target,
      worst === null ? '' : formatRatio(worst.value),
      worst?.row.name ?? 'not measured',
      worst === null ? '' : formatMet(isMet),
    ]),
    notes: missed.map(({ text, worst }) => `Missed, ${text}: ${whereTimeGoes(worst!.row)}.`),
  };
}

function whereTimeGoes({
  name,
  shares,
  p50Ms,
  serverCpuMsPerRequest,
  postgresCpuMsPerRequest,
}: Row) {
  const parts = Object.entries(shares)
    .toSorted(([, a], [, b]) => b - a)
    .map(([program, share]) => `${program} ${(100 * share).toFixed(0)} %`);
  const perRequest =
    `${serverCpuMsPerRequest.toFixed(2)} ms of the servers and ` +
    `${postgresCpuMsPerRequest.toFixed(2)} ms of PostgreSQL per request, p50 ${p50Ms.toFixed(1)} ms`;
  return `in “${name}” the processors went to ${parts.join(', ')}; ${perRequest}`;
}
