import type { AuthSettings } from '../auth-settings';
import type { Database } from '../database-url';
import { OperatorError } from '../operator-error';
import type { Logger } from '../telemetry/logger';
import { Authenticator } from './authenticator';
import { KeyRing } from './keys/key-ring';
import { openKeyStore } from './keys/open-key-store';
import { TokenVerifier } from './tokens/token-verifier';

interface AuthenticatorSettings {
  readonly auth: AuthSettings;
  readonly host: string;
  readonly database: Database;
  readonly logger: Logger;
  /** How messages name the settings; by default as the environment does. */
  readonly names: Readonly<Record<string, string>>;
}

interface OpenedAuthenticator {
  readonly authenticator: Authenticator;
  close(): Promise<void>;
}

/**
 * Opens what a server needs to authenticate requests, and logs whether it requires that.
 * @throws OperatorError if the settings do not allow the server to start.
 */
export async function openAuthenticator(
  settings: AuthenticatorSettings,
): Promise<OpenedAuthenticator> {
  const { auth, host, database, logger } = settings;
  checkMemory(settings);
  const tokens = auth.tokens && (await TokenVerifier.open(auth.tokens, logger));
  const store = auth.mode === 'off' ? null : openKeyStore(database);
  const ring = store && new KeyRing(store, { logger });
  await ring?.start();
  const isOnLoopback = isLoopback(host);
  try {
    checkReachable(settings, ring);
    const authenticator = new Authenticator({
      mode: auth.mode,
      isOnLoopback,
      ring,
      tokens,
      logger,
    });
    logState(authenticator, ring, settings);
    return { authenticator, close: async () => ring?.stop() };
  } catch (error) {
    await ring?.stop();
    throw error;
  }
}

function named(variable: string, names: AuthenticatorSettings['names']): string {
  return names[variable] ?? variable;
}

/** True for names and addresses that only programs of the same machine can connect to. */
function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/i.test(host);
}

function checkMemory({ auth, database, names }: AuthenticatorSettings): void {
  if (auth.mode !== 'on' || auth.tokens !== null || database.kind !== 'memory') return;
  throw new OperatorError(
    'setting',
    `memory: holds no keys, so ${named('AUTH', names)} on needs tokens: set ` +
      `${named('AUTH_JWKS_URL', names)} or ${named('AUTH_JWKS_FILE', names)}, ` +
      `${named('AUTH_ISSUER', names)} and ${named('AUTH_AUDIENCE', names)}.`,
  );
}

function checkReachable({ auth, host, names }: AuthenticatorSettings, ring: KeyRing | null): void {
  if (auth.mode !== 'auto' || auth.tokens !== null || isLoopback(host)) return;
  // If the store does not respond, authentication is required, which is safe.
  if (ring !== null && ring.hasKeys !== false) return;
  throw new OperatorError(
    'setting',
    `${named('HOST', names)} is ${JSON.stringify(host)}, where other machines can connect, and nothing says who may use the ledger.\n` +
      `Create a key with \`points keys create\`, or set ${named('AUTH_JWKS_URL', names)} for tokens, or ${named('AUTH', names)} to off if everybody may do everything.`,
  );
}

function logState(
  { isRequired, isOpenByDefault }: Authenticator,
  ring: KeyRing | null,
  { auth, database: { kind }, logger }: AuthenticatorSettings,
): void {
  if (isRequired) {
    const accepts = [kind === 'memory' ? [] : ['keys'], auth.tokens === null ? [] : ['tokens']];
    logger.info({ accepts: accepts.flat() }, 'Authentication is required');
  } else if (isOpenByDefault && ring?.hasKeys === null) {
    logger.warn(
      {},
      'Nobody may use the ledger until its keys can be read: whether it has any decides who may',
    );
  } else if (isOpenByDefault) {
    logger.info(
      {},
      'Everybody on this machine may use the ledger: it has no key yet, and is on loopback',
    );
  } else {
    logger.warn({}, 'AUTH is off: everybody who can connect may do everything');
  }
}
