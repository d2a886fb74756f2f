import { join } from 'node:path';
import { loadCore, residentBytes, startLedger } from '../http/server-process';
import { runChild } from '../support/child';
import { emptyDataFolder } from '../support/data-folder';
import type { Section } from '../support/section';
import { spreadOf } from '../support/spread';
import { formatNumber, formatSpread } from '../support/table';
import { type Scenario, type ScenarioFigures, scenarios } from './scenario';

const rounds = 3;

interface Measured extends Scenario {
  readonly figures: readonly (ScenarioFigures & { readonly residentBytes: number | null })[];
}

export const subscriptionsSection: Section = {
  name: 'subscriptions',
  title: 'Subscriptions: one server, over WebSockets',
  async run() {
    const measured: Measured[] = [];
    for (const scenario of scenarios) measured.push(await measure(scenario));
    return { figures: measured, tables: [present(measured)] };
  },
};

async function measure(scenario: Scenario): Promise<Measured> {
  const figures: Measured['figures'][number][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const server = await startLedger(`file:${join(emptyDataFolder('subscriptions'), 'ledger.db')}`);
    try {
      const run = await runChild<ScenarioFigures>({
        script: join(__dirname, 'subscriptions-worker.js'),
        arguments: [String(server.port), JSON.stringify(scenario)],
        core: loadCore,
      });
      figures.push({ ...run, residentBytes: residentBytes(server) });
    } finally {
      await server.stop();
    }
  }
  return { ...scenario, figures };
}

function present(measured: readonly Measured[]) {
  return {
    title: 'Events received, and how long they took, median (quartiles) of three servers',
    columns: ['subscribers and changes', 'received', 'events/s', 'p50 ms', 'p99 ms', 'server MiB'],
    rows: measured.map(({ label, figures, subscribers, accounts }) => {
      const of = (figure: (each: (typeof figures)[number]) => number) =>
        formatSpread(spreadOf(figures.map(figure)), formatShort);
      const all = figures.every(
        ({ events, changes }) => events === (changes * subscribers) / accounts,
      );
      return [
        label,
        all ? 'all' : 'NOT ALL',
        of(({ events, seconds }) => events / seconds),
        of(({ p50Ms }) => p50Ms),
        of(({ p99Ms }) => p99Ms),
        of((each) => (each.residentBytes ?? 0) / 1_048_576),
      ];
    }),
    notes: [
      'From the request of the change to the arrival of its event, including the write to the disk. Each event carries the entry and all balances.',
      '100 subscriptions per WebSocket. Subscribers and writers share one processor; the server has the other.',
    ],
  };
}

function formatShort(value: number): string {
  return value < 100 ? value.toFixed(1) : formatNumber(value);
}
