import { maxHeaderSize, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { PipelinedResponses } from '../admission/pipelined-responses';
import { badInput, type Refusal } from '../admission/refusal';
import { refuseConnection } from './raw-response';

interface ParserError extends Error {
  readonly code?: string;
  /** The parser's reason. */
  readonly reason?: string;
}

/**
 * Responds in GraphQL's shape to requests that Node's HTTP parser refuses, after the responses to
 * the requests before them, and closes their connections.
 */
export function addParserErrors(
  server: Server,
  responses: PipelinedResponses,
  requestReceiveMsMax: number,
): void {
  const failed = new WeakSet<Socket>();
  server.removeAllListeners('clientError');
  server.on('clientError', (error: ParserError, socket: Socket) => {
    // Further bytes of the same connection fail again.
    if (failed.has(socket)) return;
    failed.add(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else responses.whenSent(socket, () => respond(socket, refusalOf(error, requestReceiveMsMax)));
  });
  // Node itself would respond to other expectations with 417 and no body. A server may ignore them.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

/** Destroys the connection if the response to the refused request has begun already. */
function respond(socket: Socket, refusal: Refusal): void {
  const { _httpMessage: begun } = socket as { _httpMessage?: { headersSent: boolean } | null };
  if (begun?.headersSent) socket.destroy();
  else refuseConnection(socket, refusal);
}

function refusalOf({ code, reason, message }: ParserError, requestReceiveMsMax: number): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return badInput(408, `The request did not arrive within ${requestReceiveMsMax} ms.`);
    case 'HPE_HEADER_OVERFLOW':
      return badInput(
        431,
        `The request line and the headers are larger than ${maxHeaderSize} bytes. ` +
          'Send a long query by POST.',
      );
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return badInput(413, 'The extensions of the chunks of the body are too large. Send none.');
    default:
      return badInput(400, `The request is not valid HTTP/1.1: ${reason ?? message}.`);
  }
}
