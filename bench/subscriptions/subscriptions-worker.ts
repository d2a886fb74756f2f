import { setTimeout as pause } from 'node:timers/promises';
import { LoadConnection } from '../http/load-connection';
import { postRequest } from '../support/post-request';
import { quantile } from '../support/spread';
import type { Scenario, ScenarioFigures } from './scenario';
import { Subscribers } from './subscribers';

const rowsPerBulk = 1_000;
const connectionsMax = 32;
const tickMs = 10;
const patienceMs = 60_000;

void main();

async function main(): Promise<void> {
  const [port, scenario] = [Number(process.argv[2]), JSON.parse(process.argv[3]) as Scenario];
  process.send!(await measure(port, scenario));
}

async function measure(port: number, scenario: Scenario): Promise<ScenarioFigures> {
  const { accounts, subscribers: count } = scenario;
  const changes = scenario.changesPerSecond * scenario.seconds;
  await begin(port, accounts);
  const sentAt = new Float64Array(changes + 1);
  const latencies: number[] = [];
  let lastAt = 0;
  const subscribers = new Subscribers(port, (change) => {
    lastAt = performance.now();
    if (change > 0) latencies.push(lastAt - sentAt[change]);
  });
  await subscribers.open(count, (subscriber) => `a${subscriber % accounts}`);
  // Connected late, since the server closes idle connections.
  const writers = await connect(port, connectionsMax);
  const begun = performance.now();
  await (scenario.isBurst ? burst : pace)(port, scenario, writers, sentAt);
  const expected = (changes * count) / accounts;
  while (subscribers.events < expected && performance.now() - begun < patienceMs) await pause(5);
  subscribers.close();
  for (const writer of writers) writer.close();
  latencies.sort((a, b) => a - b);
  return {
    changes,
    events: subscribers.events,
    seconds: (lastAt - begun) / 1_000,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

/** Adds an entry to every account, so that each subscription receives something at once. */
async function begin(port: number, accounts: number): Promise<void> {
  const [writer] = await connect(port, 1);
  for (let account = 0; account < accounts; account += 1) {
    await writer.send(requestOf(port, `a${account}`, 0, 1));
  }
  writer.close();
}

async function connect(port: number, count: number): Promise<LoadConnection[]> {
  const connections = Array.from({ length: count }, () => new LoadConnection(port));
  await Promise.all(connections.map((connection) => connection.open()));
  return connections;
}

type Write = (
  port: number,
  scenario: Scenario,
  writers: readonly LoadConnection[],
  sentAt: Float64Array,
) => Promise<void>;

const pace: Write = async (port, { changesPerSecond, seconds, accounts }, writers, sentAt) => {
  const begun = performance.now();
  const changes = changesPerSecond * seconds;
  const free = [...writers];
  const running = new Set<Promise<void>>();
  for (let change = 1; change <= changes; ) {
    const due = Math.ceil(((performance.now() - begun) / 1_000) * changesPerSecond);
    while (change <= Math.min(due, changes) && free.length > 0) {
      const writer = free.pop()!;
      sentAt[change] = performance.now();
      const sending = writer
        .send(requestOf(port, `a${change % accounts}`, change, 1))
        .then(() => void free.push(writer));
      running.add(sending);
      void sending.then(() => running.delete(sending));
      change += 1;
    }
    await pause(tickMs);
  }
  await Promise.all(running);
};

const burst: Write = async (port, { changesPerSecond }, writers, sentAt) => {
  const calls = changesPerSecond / rowsPerBulk;
  await Promise.all(
    Array.from({ length: calls }, (_, call) => {
      const first = 1 + call * rowsPerBulk;
      sentAt.fill(performance.now(), first, first + rowsPerBulk);
      return writers[call].send(requestOf(port, 'a0', first, rowsPerBulk));
    }),
  );
};

/** Returns a request that adds so many rows, whose references number the changes. */
function requestOf(port: number, accountId: string, first: number, rows: number): Buffer {
  const transactions = Array.from({ length: rows }, (_, row) => ({
    accountId,
    payer: `payer ${row % 3}`,
    points: 1,
    timestamp: '2020-01-01T00:00:00Z',
    reference: `${first + row}`,
  }));
  const query =
    'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { results { replayed } } }';
  const body = JSON.stringify({ query, variables: { input: { transactions } } });
  return postRequest(port, body);
}
