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
  /** Ends the burst after so many requests, before its time is over. */
  readonly requestsMax?: number;
  /** By default a refusal or an error ends the benchmark. */
  readonly refusals?: 'fail' | 'count';
}

export interface LoadFigures {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /**
   * The share of its processor that the load itself took: near 1, the load limits the measurement.
   */
  readonly loadBusy: number;
  readonly responses: number;
  /** The share of the responses that were checked and were refusals or errors. */
  readonly refusedShare: number;
}

/** One response in so many is checked as a whole. */
const checkedEvery = 64;

process.on('message', async (order: LoadOrder) => process.send!(await load(order)));
process.send!('ready');

async function load(order: LoadOrder): Promise<LoadFigures> {
  const { port, connections, milliseconds, request, requestsPerSecond = null } = order;
  const { requestsMax = Number.POSITIVE_INFINITY, refusals = 'fail' } = order;
  const next = requestSource(request, port);
  const latenciesMs: number[] = [];
  let begun = 0;
  let refused = 0;
  const clients = Array.from({ length: connections }, () => new LoadConnection(port));
  await Promise.all(clients.map((client) => client.open()));
  const usage = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    clients.map(async (client, index) => {
      const dueAfterMs = requestsPerSecond === null ? 0 : (1_000 * connections) / requestsPerSecond;
      let due = start + (dueAfterMs * index) / connections;
      for (let before = start; before - start < milliseconds && begun < requestsMax; ) {
        begun += 1;
        if (dueAfterMs > 0) await pause(Math.max(0, due - performance.now()));
        // A request that waits for a late response has waited since the moment at which it was due.
        const from = dueAfterMs > 0 ? due : before;
        const response = await client.send(next());
        const after = performance.now();
        latenciesMs.push(after - from);
        due += dueAfterMs;
        before = after;
        if (latenciesMs.length % checkedEvery !== 1 || isGood(response)) continue;
        if (refusals === 'fail') throw new Error(`Response: ${response}`);
        refused += 1;
      }
    }),
  );
  const elapsedMs = performance.now() - start;
  const { user, system } = process.cpuUsage(usage);
  for (const client of clients) client.close();
  return {
    ...figuresOf(latenciesMs, elapsedMs),
    loadBusy: (user + system) / 1_000 / elapsedMs,
    refusedShare: refused / Math.ceil(latenciesMs.length / checkedEvery),
  };
}

function figuresOf(latenciesMs: readonly number[], elapsedMs: number) {
  const sorted = [...Float64Array.from(latenciesMs).sort()];
  return {
    responses: latenciesMs.length,
    requestsPerSecond: latenciesMs.length / (elapsedMs / 1_000),
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
  };
}

/** False for a refusal: a server that refuses is fast, and its figures mean nothing. */
function isGood(response: Buffer): boolean {
  const text = response.toString();
  if (!text.startsWith('HTTP/1.1 200') || /"code":/.test(text)) return false;
  return JSON.parse(text.slice(text.indexOf('\r\n\r\n'))).errors === undefined;
}
