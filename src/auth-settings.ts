import { OperatorError } from './operator-error';
import { wholePath } from './whole-path';

/** Where the public keys of an issuer of tokens are, and what its tokens must say. */
export interface TokenSettings {
  readonly keys:
    | { readonly kind: 'url'; readonly url: string }
    | { readonly kind: 'file'; readonly path: string };
  readonly issuer: string;
  readonly audience: string;
  /** The claim that names the member's account; null if tokens reach every account. */
  readonly accountClaim: string | null;
}

export interface AuthSettings {
  /** `auto` if AUTH is not set: open on loopback, while there are neither keys nor tokens. */
  readonly mode: 'on' | 'off' | 'auto';
  /** Null if no tokens are accepted. */
  readonly tokens: TokenSettings | null;
}

/** The text of a setting, empty if it is not set, and the name that messages give it. */
interface Setting {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads who may use the server.
 * @throws OperatorError for a setting that is wrong, or missing beside another.
 */
export function readAuthSettings(setting: (variable: string) => Setting): AuthSettings {
  const mode = readMode(setting('AUTH'));
  const [url, path] = [setting('AUTH_JWKS_URL'), setting('AUTH_JWKS_FILE')];
  const [issuer, audience] = [setting('AUTH_ISSUER'), setting('AUTH_AUDIENCE')];
  const claim = setting('AUTH_ACCOUNT_CLAIM');
  const source = url.text === '' ? path : url;
  if (url.text !== '' && path.text !== '') {
    throw problem(`${url.name} and ${path.name} are both set; set one of them.`);
  }
  if (source.text === '') {
    const alone = [issuer, audience, claim].find(({ text }) => text !== '');
    if (alone === undefined) return { mode, tokens: null };
    throw problem(`${alone.name} is set without ${url.name} or ${path.name}; set one of them.`);
  }
  const missing = [issuer, audience].find(({ text }) => text === '');
  if (missing !== undefined) {
    throw problem(
      `${missing.name} is missing; ${source.name} needs it, so that only tokens of your issuer for this server are accepted.`,
    );
  }
  return {
    mode,
    tokens: {
      keys:
        source === url
          ? { kind: 'url', url: readUrl(url) }
          : { kind: 'file', path: wholePath(path.text) },
      issuer: issuer.text,
      audience: audience.text,
      accountClaim: claim.text === '' ? null : claim.text,
    },
  };
}

function readMode({ name, text }: Setting): AuthSettings['mode'] {
  if (text === '') return 'auto';
  if (text === 'on' || text === 'off') return text;
  throw problem(`${name} is ${JSON.stringify(text)}; it must be on or off.`);
}

/** Keys that are fetched without TLS could be replaced on the way. */
function readUrl({ name, text }: Setting): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal =
    url?.protocol === 'http:' && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  const hasPassword = url !== null && (url.username !== '' || url.password !== '');
  if (!hasPassword && (url?.protocol === 'https:' || isLocal)) return text;
  throw problem(
    `${name} must be an address that begins with https:// (or http:// on loopback) and has no password.`,
  );
}

function problem(message: string): OperatorError {
  return new OperatorError('setting', message);
}
