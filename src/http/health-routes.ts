import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type HttpResponse, handle } from './http-response';

interface Readiness {
  /** Rejects while the store does not respond. */
  readonly check: () => Promise<'ready' | 'writes-fail'>;
  readonly isStopping: () => boolean;
  readonly readinessMsMax: number;
}

/**
 * Adds `/healthz`, which returns 200 as long as the process runs, and `/readyz`, which returns
 * 200 if requests can be served, and otherwise 503 and the reason: `stopping`, `unavailable` (the
 * store does not respond) or `writes-fail` (reads are served).
 */
export function addHealthRoutes(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.get(
    '/healthz',
    handle(() => healthResponse(200, 'ok')),
  );
  fastify.get(
    '/readyz',
    handle(async () => {
      const status = await statusNow(readiness);
      return healthResponse(status === 'ready' ? 200 : 503, status);
    }),
  );
}

function healthResponse(code: 200 | 503, status: string): HttpResponse {
  const headers = {
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
  };
  return { status: code, headers, body: JSON.stringify({ status }) };
}

async function statusNow({ check, isStopping, readinessMsMax }: Readiness) {
  if (isStopping()) return 'stopping';
  const timer = new AbortController();
  const late = pause(readinessMsMax, 'unavailable' as const, { signal: timer.signal });
  // Aborting the pause rejects its promise, which the race no longer handles.
  late.catch(() => {});
  try {
    return await Promise.race([check(), late]);
  } catch {
    return 'unavailable';
  } finally {
    timer.abort();
  }
}
