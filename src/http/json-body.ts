import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { truncated } from '../graphql/truncated';
import { MalformedRequest } from './errors/request-error';
import { JsonProblem, readJson } from './json/read-json';

/**
 * Reads bodies as JSON in UTF-8 and refuses all others. Invalid UTF-8 is refused because decoding
 * would replace each invalid byte with the same character, and so could make two names equal.
 * @param valuesMax limit of the values in the variables, and of all other values.
 */
export function addJsonBody(fastify: FastifyInstance, valuesMax: number): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      try {
        done(null, parse(request, body, valuesMax));
      } catch (error) {
        done(error as MalformedRequest);
      }
    },
  );
}

function parse({ headers }: FastifyRequest, body: Buffer, valuesMax: number): unknown {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers;
  if (encoding.toLowerCase() !== 'identity') {
    throw new MalformedRequest(
      415,
      `The body must not be compressed: send it without Content-Encoding.`,
    );
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) {
    throw new MalformedRequest(415, `The body must be in UTF-8, not in ${truncated(charset)}.`);
  }
  if (!isUtf8(body)) throw new MalformedRequest(400, notUtf8(body));
  try {
    return readJson(withoutByteOrderMark(body.toString('utf8')), ['variables'], valuesMax);
  } catch (error) {
    const isLarge = error instanceof JsonProblem && error.kind === 'large';
    throw new MalformedRequest(400, isLarge ? error.message : 'The body is not valid JSON.');
  }
}

/** Returns the text without U+FEFF, which some programs write in front of UTF-8. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function notUtf8(body: Buffer): string {
  const mark = body.subarray(0, 2).toString('hex');
  if (mark !== 'fffe' && mark !== 'feff') return 'The body is not valid UTF-8.';
  return 'The body begins with the byte order mark of UTF-16. Send it as UTF-8.';
}
