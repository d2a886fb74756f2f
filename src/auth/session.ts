import type { AuthError } from './auth-error';
import type { Principal } from './principal';

/** Who sends requests, as long as that holds. */
export interface Session {
  /** Null if nobody has to authenticate: everything is allowed. */
  readonly principal: Principal | null;
  /**
   * Returns null while the session holds, and otherwise why it does not: the key was revoked, the
   * key or token has expired, the server has begun to require authentication of everybody, or the
   * keys cannot be read, so that it is unknown. Costs less than a microsecond while it holds.
   */
  refusal(): AuthError | null;
}

/** The session of a program in the same process, which may do everything. */
export const unrestricted: Session = { principal: null, refusal: () => null };
