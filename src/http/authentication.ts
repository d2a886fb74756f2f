import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AuthError } from '../auth/auth-error';
import type { Authentication } from '../auth/authenticator';
import type { Session } from '../auth/session';
import { isPreflight } from './cors';
import { errorResponse } from './errors/error-responses';
import { writeResponse } from './http-response';
import { opensInBrowser } from './pages/opens-in-browser';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null for requests that need no authentication, and before it. */
    session: Session | null;
  }

  interface FastifyContextConfig {
    /** True if everybody may use the route: health checks and static files. */
    isPublic?: boolean;
  }
}

/** The challenge of a 401, which HTTP requires (RFC 6750). */
const challenge = 'Bearer realm="points-ledger"';

/**
 * Authenticates every request before its body is read, and again after it if the session has ended
 * meanwhile, except for routes of {@link markPublic} and for what browsers send without a header:
 * preflights, and the pages at /graphql and at unknown paths.
 */
export function addAuthentication(fastify: FastifyInstance, authentication: Authentication): void {
  fastify.decorateRequest('session', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isPublic(request)) {
      done();
      return;
    }
    authenticate(request, reply, authentication, done);
  });
  // A client could send its body long after its key was revoked or has expired.
  fastify.addHook('preHandler', (request, reply, done) => {
    const { session } = request;
    if (session === null || session.refusal() === null) done();
    else authenticate(request, reply, authentication, done);
  });
}

function authenticate(
  request: FastifyRequest,
  reply: FastifyReply,
  authentication: Authentication,
  done: (error?: Error) => void,
): void {
  try {
    const session = authentication.authenticate(request.headers.authorization);
    if (session instanceof Promise) {
      session
        .then((known) => begin(request, known, done))
        .catch((error) => refuse(request, reply, error, done));
    } else {
      begin(request, session, done);
    }
  } catch (error) {
    refuse(request, reply, error, done);
  }
}

/** Makes the routes that are added to this instance public. */
export function markPublic(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    route.config = { ...route.config, isPublic: true };
  });
}

function isPublic(request: FastifyRequest): boolean {
  const { config, url } = request.routeOptions;
  if (config.isPublic) return true;
  if (request.is404) return opensInBrowser(request);
  return url === '/graphql' && (isPreflight(request) || opensInBrowser(request));
}

function begin(request: FastifyRequest, session: Session, done: () => void): void {
  request.session = session;
  done();
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  done: (error: Error) => void,
): void {
  if (!(error instanceof AuthError)) {
    done(error as Error);
    return;
  }
  const { status, message, code } = error;
  if (status === 401) reply.header('www-authenticate', challenge);
  void writeResponse(reply, errorResponse(request, status, message, { code }));
}
