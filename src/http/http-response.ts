import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { becomesNext } from './admission/pipelined-responses';

/** What a route returns; {@link writeResponse} alone sends it. */
export interface HttpResponse {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | BodyWriter;
}

/**
 * Writes and ends a body of unknown length. It is called after the status and the headers were
 * written, and resolves when the body has ended or the connection has.
 */
type BodyWriter = (response: ServerResponse) => Promise<void>;

/**
 * Handles a request.
 * @param isNext resolves with true when the response is the next one to be sent over its
 *   connection, and with false if the connection ends before. A response that occupies a place
 *   while it is sent awaits this first.
 * @returns null if the connection has ended, so that nothing is sent.
 */
export type Route = (
  request: FastifyRequest,
  isNext: () => Promise<boolean>,
) => HttpResponse | null | Promise<HttpResponse | null>;

/** Returns the handler with which Fastify calls a route. */
export function handle(route: Route): RouteHandlerMethod {
  return async (request, reply) => {
    const response = await route(request, () => becomesNext(reply.raw));
    return response === null ? reply.hijack() : writeResponse(reply, response);
  };
}

/** Sends a response: no other function writes to a reply. */
export function writeResponse(
  reply: FastifyReply,
  { status, headers, body }: HttpResponse,
): FastifyReply | Promise<FastifyReply> {
  reply.code(status).headers(headers);
  return typeof body === 'string' ? reply.send(body) : stream(reply, body);
}

async function stream(reply: FastifyReply, write: BodyWriter): Promise<FastifyReply> {
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
  await write(reply.raw);
  return reply;
}
