import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A body that cannot be read: the message says what would be right. */
class BodyError extends Error {
  override readonly name = 'BodyError';

  constructor(
    readonly statusCode: 400 | 415,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads bodies as JSON in UTF-8, and as nothing else. Bytes that are no UTF-8 are refused: decoded
 * as usual they would all become the same replacement character, and two names one.
 */
export function addJsonBody(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      try {
        done(null, parse(request, body));
      } catch (error) {
        done(error as BodyError);
      }
    },
  );
}

function parse({ headers }: FastifyRequest, body: Buffer): unknown {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers;
  if (encoding.toLowerCase() !== 'identity') {
    throw new BodyError(415, `The body must be sent as it is, without Content-Encoding.`);
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) {
    throw new BodyError(415, `The body must be in UTF-8, not in ${charset}.`);
  }
  if (!isUtf8(body)) throw new BodyError(400, 'The body is no valid UTF-8.');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new BodyError(400, 'The body is no valid JSON.');
  }
}
