import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

export interface Readiness {
  /** Rejects while the store does not answer. */
  readonly check: () => Promise<'ready' | 'writes-fail'>;
  readonly isStopping: () => boolean;
  readonly readinessMsMax: number;
}

/**
 * `/healthz` tells that the process lives; `/readyz` that requests can be served, with 200, or with
 * 503 and the reason: `stopping`, `unavailable` (the store does not answer) or `writes-fail` (reads
 * are served).
 */
export function addHealthRoutes(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.get('/healthz', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );
  fastify.get('/readyz', async (_request, reply) => {
    const status = await statusNow(readiness);
    return reply
      .code(status === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status });
  });
}

async function statusNow({ check, isStopping, readinessMsMax }: Readiness) {
  if (isStopping()) return 'stopping';
  const timer = new AbortController();
  const late = pause(readinessMsMax, 'unavailable' as const, { signal: timer.signal });
  // Aborting the pause rejects it, after the race is over.
  late.catch(() => {});
  try {
    return await Promise.race([check(), late]);
  } catch {
    return 'unavailable';
  } finally {
    timer.abort();
  }
}
