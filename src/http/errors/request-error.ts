import type { TopLevelErrorCode } from '../../error-codes';

/** Ends a request before its operation begins; the client receives the message and the code. */
export class RequestError extends Error {
  override readonly name: string = 'RequestError';

  constructor(
    readonly statusCode: number,
    readonly topLevelCode: TopLevelErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The request cannot be read; the message says what would be right. */
export class MalformedRequest extends RequestError {
  override readonly name = 'MalformedRequest';

  constructor(statusCode: 400 | 415, message: string) {
    super(statusCode, 'BAD_USER_INPUT', message);
  }
}

/** The server cannot process the request now. */
export class OverloadedError extends RequestError {
  override readonly name = 'OverloadedError';

  constructor(message: string) {
    super(503, 'OVERLOADED', message);
  }
}
