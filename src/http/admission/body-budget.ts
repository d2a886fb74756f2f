import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OverloadedError } from '../errors/request-error';

declare module 'fastify' {
  interface FastifyRequest {
    /** Releases the request body's part of the budget; null if there is no body. */
    releaseBody: (() => void) | null;
  }
}

/**
 * Limits the bytes of all request bodies in memory. Bytes count as they arrive, regardless of the
 * declared length, until the response begins or the connection ends; those of a subscription, whose
 * variables are retained, until it ends. A request that exceeds the limit is refused with 503 in
 * the middle of its body, and its bytes are released.
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
      // The reader of the body stops with this error, which becomes the response. Without a reader,
      // as after a refusal, the error would be an uncaught exception.
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
      // A client that reads slowly can delay the end of the response for a long time.
      request.body = undefined;
    }
    done();
  });
}

const tooManyBodies =
  'This server is receiving too many large bodies at once. Nothing was changed; retry later.';

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}
