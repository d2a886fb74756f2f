import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../support/spread';
import { type RequestKind, requestSource } from './graphql-requests';
import { LoadConnection } from './load-connection';

/** A burst of load on one server. */
export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  readonly milliseconds: number;
  readonly request: RequestKind;
  /**
   * Rate at which requests begin, over all connections; null sends the next one after each
   * response.
   */
  readonly requestsPerSecond?: number | null;
}

export interface LoadFigures {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /**
   * The share of its processor that the load itself took: near 1, the load limits the measurement.
   */
  readonly loadBusy: number;
}

/** One response in so many is checked as a whole. */
const checkedEvery = 64;

process.on('message', async (order: LoadOrder) => process.send!(await load(order)));
process.send!('ready');

async function load(order: LoadOrder): Promise<LoadFigures> {
  const { port, connections, milliseconds, request, requestsPerSecond = null } = order;
  const next = requestSource(request, port);
  const latenciesMs: number[] = [];
  const clients = Array.from({ length: connections }, () => new LoadConnection(port));
  await Promise.all(clients.map((client) => client.open()));
  const usage = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    clients.map(async (client, index) => {
      const dueAfterMs = requestsPerSecond === null ? 0 : (1_000 * connections) / requestsPerSecond;
      let due = start + (dueAfterMs * index) / connections;
      for (let before = start; before - start < milliseconds; ) {
        if (dueAfterMs > 0) await pause(Math.max(0, due - performance.now()));
        // A request that waits for a late response has waited since the moment at which it was due.
        const from = dueAfterMs > 0 ? due : before;
        const response = await client.send(next());
        const after = performance.now();
        latenciesMs.push(after - from);
        due += dueAfterMs;
        before = after;
        if (latenciesMs.length % checkedEvery === 1) check(response);
      }
    }),
  );
  const elapsedMs = performance.now() - start;
  const { user, system } = process.cpuUsage(usage);
  for (const client of clients) client.close();
  return { ...figuresOf(latenciesMs, elapsedMs), loadBusy: (user + system) / 1_000 / elapsedMs };
}

function figuresOf(latenciesMs: readonly number[], elapsedMs: number) {
  const sorted = [...Float64Array.from(latenciesMs).sort()];
  return {
    requestsPerSecond: latenciesMs.length / (elapsedMs / 1_000),
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
  };
}

/** Throws on a refusal: a server that refuses is fast, and its figures mean nothing. */
function check(response: Buffer): void {
  const text = response.toString();
  const body = JSON.parse(text.slice(text.indexOf('\r\n\r\n')));
  const isRefused = /"code":/.test(text) || body.errors !== undefined;
  if (!text.startsWith('HTTP/1.1 200') || isRefused) throw new Error(`Answered: ${text}`);
}
