import type { Principal } from './principal';

/** Who sends requests, as long as that holds. */
export interface Session {
  /** Null if nobody has to authenticate: everything is allowed. */
  readonly principal: Principal | null;
  /**
   * False from the moment when the key is revoked, the key or token has expired, or the server has
   * begun to require authentication of everybody. Costs less than a microsecond.
   */
  isCurrent(): boolean;
}

/** The session of a program in the same process, which may do everything. */
export const unrestricted: Session = { principal: null, isCurrent: () => true };
