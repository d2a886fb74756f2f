import { join } from 'node:path';
import { KeyFile } from '../../src/auth/keys/key-file';
import { keyHashOf, keyIdOf, newKeyText } from '../../src/auth/keys/key-text';
import { Load } from '../http/load';
import { type BurstFigures, burst } from '../http/processor-time';
import { type ServerProcess, serverCore, startLedger } from '../http/server-process';
import { emptyDataFolder } from '../support/data-folder';
import type { Section } from '../support/section';
import { ratioOf, spreadOf } from '../support/spread';
import { formatMet, formatRatio, formatSpread } from '../support/table';

const rounds = 45;
const burstMilliseconds = 500;
const warmUpMilliseconds = 3_000;
const connections = 32;
/** The most that authentication with a key may cost. */
const target = 0.97;

/** A server, and the key of its requests. */
interface Side {
  readonly server: ServerProcess;
  readonly key?: string;
}

export const authSection: Section = {
  name: 'auth',
  title: 'Authentication with a key: addTransaction on two servers, in turns',
  async run() {
    const folder = emptyDataFolder('auth');
    const open = await startLedger(`file:${join(folder, 'open.db')}`);
    const keyed = await startWithKey(join(folder, 'keyed.db'));
    const load = await Load.start();
    try {
      return present(await measure(load, { server: open }, keyed));
    } finally {
      await load.stop();
      await Promise.all([open.stop(), keyed.server.stop()]);
    }
  },
};

async function startWithKey(path: string): Promise<Side> {
  const key = newKeyText();
  await KeyFile.open(path).create({
    id: keyIdOf(key)!,
    name: 'bench',
    hash: keyHashOf(key),
    scopes: ['points:write'],
    account: null,
    prefix: null,
    createdAt: Date.now(),
    expiresAt: null,
    revokedAt: null,
  });
  return { key, server: await startLedger(`file:${path}`, [], serverCore, { AUTH: 'on' }) };
}

async function measure(load: Load, open: Side, keyed: Side) {
  const run = ({ server, key }: Side, milliseconds: number) => {
    const request = { kind: 'addTransaction', accounts: 1_000, key } as const;
    return burst(load, server, { connections, milliseconds, request });
  };
  for (const side of [open, keyed]) await run(side, warmUpMilliseconds);
  const figures: { open: BurstFigures[]; keyed: BurstFigures[] } = { open: [], keyed: [] };
  for (let round = 0; round < rounds; round += 1) {
    // The first of two bursts may be slower, so the sides take turns in being first.
    const isOpenFirst = round % 2 === 0;
    if (isOpenFirst) figures.open.push(await run(open, burstMilliseconds));
    figures.keyed.push(await run(keyed, burstMilliseconds));
    if (!isOpenFirst) figures.open.push(await run(open, burstMilliseconds));
  }
  return figures;
}

function present({ open, keyed }: Awaited<ReturnType<typeof measure>>) {
  const rows = (['requestsPerSecond', 'requestsPerProcessorSecond'] as const).map((figure) => {
    const opens = open.map((each) => each[figure]);
    const keyeds = keyed.map((each) => each[figure]);
    const [openRate, keyedRate] = [spreadOf(opens), spreadOf(keyeds)];
    return { figure, open: openRate, keyed: keyedRate, ratio: ratioOf(keyeds, opens) };
  });
  const table = {
    title: 'addTransaction over 1,000 accounts, 32 connections, median (quartiles)',
    columns: ['', 'open', 'with a key', 'ratio', 'target', ''],
    rows: rows.map((row) => [
      labels[row.figure],
      formatSpread(row.open),
      formatSpread(row.keyed),
      formatSpread(row.ratio, formatRatio),
      `≥ ${target}`,
      formatMet(row.ratio.median >= target),
    ]),
    notes: ['The ratio is of two bursts of one round. An entry of a key also stores its name.'],
  };
  return { figures: rows, tables: [table] };
}

const labels = {
  requestsPerSecond: 'requests/s',
  requestsPerProcessorSecond: 'requests per second of processor time',
} as const;
