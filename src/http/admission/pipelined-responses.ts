import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type Duplex, Stream } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** The responses of each connection that are not yet sent, pipelined ones included. */
export interface PipelinedResponses {
  /**
   * Calls back when all responses of a connection that Node has handed over are sent: at once where
   * none is pending, never if the connection ends before. One that is not yet written to its end
   * cannot be completed after that, since Node does not tell it when it may go on: the connection
   * is destroyed.
   */
  whenSent(socket: Duplex, callback: () => void): void;
}

/**
 * Makes every response emit `close` when its connection ends. Node does so only for the response
 * that is being sent, not for those of pipelined requests that are queued behind it: the files,
 * streams and subscriptions that they hold would never be released.
 */
export function trackPipelinedResponses(
  server: Server,
  pipelinedRequestsMax: number,
): PipelinedResponses {
  const pending = new WeakMap<Duplex, Set<ServerResponse>>();
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const responses = pending.get(socket) ?? track(socket, pending);
    responses.add(response);
    // Node goes on reading requests as long as no response to them is written.
    if (responses.size > pipelinedRequestsMax) socket.destroy();
    response.once('close', () => responses.delete(response));
  });
  return {
    whenSent(socket, callback) {
      const responses = pending.get(socket) ?? new Set();
      const last = [...responses].at(-1);
      if (!areWritten(responses)) socket.destroy();
      else if (last === undefined) callback();
      else last.once('close', () => (socket.writable ? callback() : socket.destroy()));
    },
  };
}

/**
 * Resolves with true when a response is the next one that is sent over its connection, and with
 * false if the connection ends before. A response that holds something waits for that: pipelined
 * requests then hold no more than a single one.
 */
export function becomesNext(response: ServerResponse): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  if (response.socket !== null) return Promise.resolve(true);
  return new Promise((resolve) => {
    response.once('socket', () => resolve(true)).once('close', () => resolve(false));
  });
}

/** Makes the routes of a scope wait until their response is the next one to be sent. */
export function addOneByOne(scope: FastifyInstance): void {
  scope.addHook('onRequest', (_request, reply, done) => {
    // If the connection has ended there is nobody to respond to, and nothing is held.
    void becomesNext(reply.raw).then((isNext) => isNext && done());
  });
}

/** Destroys streams that would be sent as a response which is closed already. */
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
  // The client has closed its half. Node then closes ours, so a response that is not yet written to
  // its end never will be, and would wait for ever to go on.
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

/** As Node does for the response that is being sent. */
function close(response: ServerResponse): void {
  response.destroy();
  response.emit('close');
}

function areWritten(responses: ReadonlySet<ServerResponse>): boolean {
  return [...responses].every(({ writableEnded }) => writableEnded);
}
