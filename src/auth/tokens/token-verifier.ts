import type { JWTPayload, JWTVerifyResult } from 'jose';
import type { TokenSettings } from '../../auth-settings';
import { reasonOf } from '../../error-message';
import { textProblem } from '../../ledger/text';
import { OperatorError } from '../../operator-error';
import type { Logger } from '../../telemetry/logger';
import { AuthError, forbiddenCredentials, refusedCredentials } from '../auth-error';
import type { Binding } from '../binding';
import { type Principal, principalProblem } from '../principal';
import { scopesAmong } from '../scopes';
import type { Session } from '../session';
import { Jwks, type KeyLookup } from './jwks';
import { algorithms } from './signatures';

/** Types of access tokens; other types, and tokens with a `nonce`, are for other uses. */
const types = new Set(['jwt', 'at+jwt', 'application/at+jwt']);
/** An ES module, loaded only where tokens are accepted: test runners of others may not load it. */
type Jose = typeof import('jose', { with: { 'resolution-mode': 'import' }});

/** How far the clocks of issuer and server may differ. */
const skewSeconds = 30;

const unavailable =
  'Tokens cannot be checked now, because the keys of their issuer cannot be read. Nothing was ' +
  'changed; retry.';

/** Verifies access tokens (JWT) of one issuer for one audience. */
export class TokenVerifier {
  private constructor(
    private readonly jose: Jose,
    private readonly settings: TokenSettings,
    private readonly jwks: Jwks,
    private readonly now: () => number,
  ) {}

  /**
   * Reads the keys of the issuer. If its server does not respond, they are read when needed.
   * @throws OperatorError if a file does not hold keys, holds none that could verify a token, or
   *   holds private ones.
   */
  static async open(
    settings: TokenSettings,
    logger: Logger,
    now = Date.now,
  ): Promise<TokenVerifier> {
    const { keys: source } = settings;
    const jose = await import('jose');
    const jwks = new Jwks({ source, lookupOf: (set) => jose.createLocalJWKSet(set), logger });
    if (source.kind === 'file') await readFirst(jwks, source.path);
    else await jwks.current();
    return new TokenVerifier(jose, settings, jwks, now);
  }

  /**
   * Returns the session of a token.
   * @throws AuthError if the token is not accepted, or cannot be checked.
   */
  async authenticate(token: string): Promise<Session> {
    const { payload, protectedHeader } = await this.#verified(token);
    if ('nonce' in payload || !isAccessToken(protectedHeader.typ)) throw refused();
    const principal = principalOf(payload, this.settings.accountClaim);
    const endsAt = endOf(payload, this.now());
    return { principal, refusal: () => (this.now() < endsAt ? null : refused()) };
  }

  async #verified(token: string): Promise<JWTVerifyResult> {
    const keys = await this.jwks.current();
    if (keys === null) throw new AuthError('SERVICE_UNAVAILABLE', unavailable);
    try {
      return await this.#verifiedWith(token, keys);
    } catch (error) {
      if (!(error instanceof this.jose.errors.JWKSNoMatchingKey)) throw refused(error);
    }
    const newer = await this.jwks.newerThan(keys);
    if (newer === null) throw refused();
    return this.#verifiedWith(token, newer).catch((error) => {
      throw refused(error);
    });
  }

  #verifiedWith(token: string, keys: KeyLookup): Promise<JWTVerifyResult> {
    const { issuer, audience } = this.settings;
    return this.jose.jwtVerify(token, keys, {
      algorithms,
      issuer,
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: skewSeconds,
      currentDate: new Date(this.now()),
    });
  }
}

/** @param type as the issuer wrote it, of any JSON type. */
function isAccessToken(type: unknown = 'JWT'): boolean {
  return typeof type === 'string' && types.has(type.toLowerCase());
}

async function readFirst(jwks: Jwks, path: string): Promise<void> {
  const problem = await jwks.read().catch((cause) => {
    throw unusableFile(path, reasonOf(cause, path), cause);
  });
  if (problem !== null) throw unusableFile(path, problem);
}

function unusableFile(path: string, problem: string, cause?: unknown): OperatorError {
  const message = `The keys of the issuer in ${path} cannot be used: ${problem}.`;
  return new OperatorError('setting', message, { cause });
}

/**
 * Returns when a token ends. One that is accepted only because clocks may differ is accepted for
 * that time.
 */
function endOf({ exp = 0 }: JWTPayload, now: number): number {
  return exp * 1_000 > now ? exp * 1_000 : (exp + skewSeconds) * 1_000;
}

/** @throws AuthError if there can be no such principal. */
function principalOf(payload: JWTPayload, accountClaim: string | null): Principal {
  const { sub, scope } = payload;
  if (typeof sub !== 'string' || textProblem(sub) !== null) throw refused();
  const scopes = scopesAmong(typeof scope === 'string' ? scope.split(' ') : []);
  const binding = accountClaim === null ? null : bindingOf(payload[accountClaim]);
  const isBoundWrongly = accountClaim !== null && binding === null && !scopes.has('points:admin');
  const principal = { name: sub, scopes, binding };
  if (isBoundWrongly || principalProblem(principal) !== null) {
    throw new AuthError('FORBIDDEN', forbiddenCredentials);
  }
  return principal;
}

function bindingOf(account: unknown): Binding | null {
  return typeof account === 'string' && account !== '' ? { kind: 'account', id: account } : null;
}

function refused(cause?: unknown): AuthError {
  return new AuthError('UNAUTHENTICATED', refusedCredentials, { cause });
}
