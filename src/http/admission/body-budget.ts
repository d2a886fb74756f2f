import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Releases what the request's body takes of the budget; null where it takes nothing. */
    releaseBody: (() => void) | null;
  }
}

/** The request cannot be taken now; `message` is for the client. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  readonly statusCode = 503;
}

/**
 * Bounds the bytes of all bodies that are in memory. Bytes count as they arrive, whatever length
 * was declared, until the response begins or the connection ends; those of a subscription, whose
 * variables are kept, until it ends. A request that goes past the bound is refused with 503 in the
 * middle of its body, and the bytes that it had are released.
 */
export function addBodyBudget(fastify: FastifyInstance, bodiesBytesMax: number): void {
  let inFlight = 0;
  fastify.decorateRequest('releaseBody', null);
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    if (!hasBody(request)) {
      done();
      return;
    }
    let held = 0;
    const count = (chunk: Buffer) => {
      held += chunk.length;
      inFlight += chunk.length;
      if (inFlight <= bodiesBytesMax) return;
      release();
      // What reads the body stops with this error, which becomes the response. If nothing reads it,
      // because it is refused already, an error would be one that nobody handles.
      if (payload.listenerCount('error') === 0) return;
      payload.emit('error', new OverloadedError(tooManyBodies));
    };
    const release = () => {
      payload.off('data', count);
      inFlight -= held;
      held = 0;
    };
    request.releaseBody = release;
    payload.on('data', count);
    reply.raw.once('close', release);
    done();
  });
  fastify.addHook('onSend', (request, _reply, _payload, done) => {
    if (request.releaseBody !== null) {
      request.releaseBody();
      // The response may wait long for a client that reads slowly.
      request.body = undefined;
    }
    done();
  });
}

const tooManyBodies =
  'This server is receiving too many large bodies at once. Nothing was changed; try again later.';

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}
