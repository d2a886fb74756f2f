import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { errorResponse } from '../errors/error-responses';
import { writeResponse } from '../http-response';
import type { Refusal } from './refusal';

/** Checks the head of a request; WebSocket upgrades are requests too. */
export interface Admission {
  refusalOf(request: IncomingMessage): Refusal | null;
}

/** Combines checks: the first one that refuses decides. */
export function allOf(...checks: readonly Admission[]): Admission {
  return {
    refusalOf(request) {
      for (const check of checks) {
        const refusal = check.refusalOf(request);
        if (refusal !== null) return refusal;
      }
      return null;
    },
  };
}

/** Applies the check to all routes, and to requests that match none. */
export function addAdmission(fastify: FastifyInstance, admission: Admission): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const refusal = admission.refusalOf(request.raw);
    if (refusal === null) {
      done();
      return;
    }
    const { status, code, message } = refusal;
    void writeResponse(reply, errorResponse(request, status, message, { code }));
  });
}

/** True for probes: they must succeed on an overloaded server, and under any host name. */
export function isHealthCheck({ url = '' }: IncomingMessage): boolean {
  return healthChecks.has(pathOf(url));
}

const healthChecks = new Set(['/healthz', '/readyz']);

/**
 * Returns the path of a request target, which may be in absolute form: `http://host/path?query`.
 */
function pathOf(target: string): string {
  const path = target.split('?', 1)[0];
  return path.startsWith('/') ? path : path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
}
