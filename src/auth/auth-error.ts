/** Why a request is refused before its operation begins. */
type AuthErrorCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'SERVICE_UNAVAILABLE';

const statusOf = { UNAUTHENTICATED: 401, FORBIDDEN: 403, SERVICE_UNAVAILABLE: 503 } as const;

/** Refuses a request. The message repeats nothing of what the client sent. */
export class AuthError extends Error {
  override readonly name = 'AuthError';

  constructor(
    readonly code: AuthErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The status of HTTP. */
  get status(): 401 | 403 | 503 {
    return statusOf[this.code];
  }
}

export const missingCredentials =
  'This server requires a key or a token: send the header Authorization: Bearer …, or over a ' +
  'WebSocket the same in connection_init.';

export const refusedCredentials =
  'The key or token is not accepted: it is wrong, expired or revoked, or it is not meant for this ' +
  'server.';

export const forbiddenCredentials =
  'The token is valid, but it may do nothing here: it names no account or subject that this ' +
  'server accepts, or has points:write while it is bound to one account.';

export const unreadableKeys =
  'Keys cannot be checked now, because their store does not respond. Nothing was changed; retry.';
