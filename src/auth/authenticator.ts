import type { AuthSettings } from '../auth-settings';
import type { Logger } from '../telemetry/logger';
import { AuthError, missingCredentials, refusedCredentials } from './auth-error';
import type { KeyRing } from './keys/key-ring';
import { keyPrefix } from './keys/key-text';
import { type Session, unrestricted } from './session';
import type { TokenVerifier } from './tokens/token-verifier';

interface AuthenticatorOptions {
  readonly mode: AuthSettings['mode'];
  /** True if only programs of this machine can connect. */
  readonly isOnLoopback: boolean;
  /** Null if the store has none. */
  readonly ring: KeyRing | null;
  /** Null if no tokens are accepted. */
  readonly tokens: TokenVerifier | null;
  readonly logger: Logger;
}

/** Decides who sends a request, and whether a server requires to know. */
export interface Authentication {
  /** True if nobody has to authenticate because nothing is configured. */
  readonly isOpenByDefault: boolean;
  /**
   * Returns the session of a request.
   * @param authorization the header of this name, or what a WebSocket sent in its place.
   * @throws AuthError if the request is refused.
   */
  authenticate(authorization: string | undefined): Promise<Session> | Session;
}

/** For servers of tests and benchmarks, whose requests are all allowed. */
export const withoutAuthentication: Authentication = {
  isOpenByDefault: false,
  authenticate: () => unrestricted,
};

/** The authentication of one server. */
export class Authenticator implements Authentication {
  #isRequired: boolean;
  /** The session of everybody while the server is open. */
  readonly #open: Session = { principal: null, refusal: () => this.#openRefusal() };

  constructor(private readonly options: AuthenticatorOptions) {
    const { mode, isOnLoopback, ring, tokens } = options;
    this.#isRequired = mode === 'on' || (mode === 'auto' && (tokens !== null || !isOnLoopback));
    this.#requireIfKeys();
    if (ring !== null) ring.onRead = () => this.#requireIfKeys();
  }

  get isRequired(): boolean {
    return this.#isRequired;
  }

  get isOpenByDefault(): boolean {
    return this.options.mode === 'auto' && !this.#isRequired;
  }

  authenticate(authorization: string | undefined): Promise<Session> | Session {
    const { mode, ring, tokens } = this.options;
    if (mode === 'off') return unrestricted;
    if (!this.#isRequired) {
      return ring?.hasKeys === null ? this.#afterRead(ring, authorization) : this.#open;
    }
    if (authorization === undefined) throw new AuthError('UNAUTHENTICATED', missingCredentials);
    const text = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (text?.startsWith(keyPrefix) && ring !== null) return ring.authenticate(text);
    if (text === undefined || tokens === null) {
      throw new AuthError('UNAUTHENTICATED', refusedCredentials);
    }
    return tokens.authenticate(text);
  }

  /**
   * Returns why subscriptions without a key end: the server is no longer open. They outlast an
   * outage of a store that holds both the keys and the ledger.
   */
  #openRefusal(): AuthError | null {
    return this.#isRequired ? new AuthError('UNAUTHENTICATED', missingCredentials) : null;
  }

  /** Waits for a read of the store: until then it is unknown whether the server is open. */
  async #afterRead(ring: KeyRing, authorization: string | undefined): Promise<Session> {
    await ring.readIfUnknown();
    return this.authenticate(authorization);
  }

  /** Requires authentication once there are keys, from then on until the server is stopped. */
  #requireIfKeys(): void {
    const { mode, ring, logger } = this.options;
    if (mode !== 'auto' || this.#isRequired || ring?.hasKeys !== true) return;
    this.#isRequired = true;
    logger.info({}, 'Authentication is required from now on: the store holds a key');
  }
}
