import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type Duplex, Stream } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** Tracks the pending responses of each connection, pipelined ones included. */
export interface PipelinedResponses {
  /**
   * Calls back when the responses to all complete requests of a connection are sent: synchronously
   * if none is pending, never if the connection ends before.
   */
  whenSent(socket: Duplex, callback: () => void): void;
  /**
   * Continues to send pending responses over an upgraded connection, for which Node stops doing so.
   * @returns a function that ends this.
   */
  keepSending(socket: Duplex): () => void;
}

/**
 * Makes every response emit `close` when its connection ends. Node does so only for the response
 * that is being sent, not for those that are queued behind it: the files, streams and subscriptions
 * that they hold would never be released.
 */
export function trackPipelinedResponses(
  server: Server,
  pipelinedRequestsMax: number,
): PipelinedResponses {
  const pending = new WeakMap<Duplex, Set<ServerResponse>>();
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const responses = pending.get(socket) ?? track(socket, pending);
    responses.add(response);
    // Node reads requests as long as no response to them is written.
    if (responses.size > pipelinedRequestsMax) socket.destroy();
    response.once('close', () => responses.delete(response));
  });
  return {
    whenSent(socket, callback) {
      const responses = [...(pending.get(socket) ?? [])].filter(({ req }) => req.complete);
      const last = responses.at(-1);
      if (last === undefined) callback();
      // Not writable after a response with `Connection: close`.
      else last.once('close', () => socket.writable && callback());
    },
    keepSending(socket) {
      const drained = () => {
        for (const response of pending.get(socket) ?? []) {
          if (response.socket !== null && response.writableNeedDrain) response.emit('drain');
        }
      };
      const timedOut = () => socket.destroy();
      socket.on('drain', drained).on('timeout', timedOut);
      return () => socket.off('drain', drained).off('timeout', timedOut);
    },
  };
}

/**
 * Resolves with true when a response is the next one to be sent over its connection, and with false
 * if the connection ends before. A response that holds a resource awaits this first, so that
 * pipelined requests hold no more than a single request does.
 */
export function becomesNext(response: ServerResponse): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  if (response.socket !== null) return Promise.resolve(true);
  return new Promise((resolve) => {
    response.once('socket', () => resolve(true)).once('close', () => resolve(false));
  });
}

/** Makes the routes of a scope begin only when their response is the next one to be sent. */
export function addOneByOne(scope: FastifyInstance): void {
  scope.addHook('onRequest', (_request, reply, done) => {
    // If the connection has ended, no response is needed, and nothing is held.
    void becomesNext(reply.raw).then((isNext) => isNext && done());
  });
}

/** Destroys streams that belong to a response which is closed already. */
export function addStreamRelease(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.raw.destroyed || !(payload instanceof Stream.Readable)) {
      done(null, payload);
      return;
    }
    payload.on('error', () => {}).destroy();
    done(null, null);
  });
}

function track(socket: Duplex, pending: WeakMap<Duplex, Set<ServerResponse>>): Set<ServerResponse> {
  const responses = new Set<ServerResponse>();
  pending.set(socket, responses);
  // The client has closed its half, and Node then closes ours. A response that is not completely
  // written would never be, and would wait forever for `drain`.
  socket.once('end', () => {
    if (!areWritten(responses)) socket.destroy();
  });
  socket.once('close', () => {
    for (const response of responses) {
      if (response.socket === null && !response.writableFinished) close(response);
    }
  });
  return responses;
}

/** Does what Node does for the response that is being sent. */
function close(response: ServerResponse): void {
  response.destroy();
  response.emit('close');
}

function areWritten(responses: ReadonlySet<ServerResponse>): boolean {
  return [...responses].every(({ writableEnded }) => writableEnded);
}
