import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { sendError } from '../errors/error-responses';

/** Why a request is refused before anything of it is read; `status` is HTTP's. */
export interface Refusal {
  readonly status: number;
  readonly code: 'BAD_USER_INPUT' | 'OVERLOADED' | 'SERVICE_UNAVAILABLE';
  readonly message: string;
}

/** Judges a request by its head, WebSocket upgrades included. */
export interface Admission {
  refusalOf(request: IncomingMessage): Refusal | null;
}

/** The refusal of the first of several checks that refuses. */
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

/** Applies the checks to all routes, and to what has no route. */
export function addAdmission(fastify: FastifyInstance, admission: Admission): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const refusal = admission.refusalOf(request.raw);
    if (refusal === null) {
      done();
      return;
    }
    const { status, code, message } = refusal;
    sendError(request, reply, status, message, { code });
  });
}

/** Probes must get through to a server that is overloaded, and call it by any name. */
export function isHealthCheck({ url = '' }: IncomingMessage): boolean {
  return healthChecks.has(pathOf(url));
}

const healthChecks = new Set(['/healthz', '/readyz']);

/** The path of a request target, which may be in absolute form: `http://host/path?query`. */
function pathOf(target: string): string {
  const path = target.split('?', 1)[0];
  return path.startsWith('/') ? path : path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
}
