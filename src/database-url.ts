import { fileURLToPath } from 'node:url';
import { wholePath } from './whole-path';

export type Database =
  | { readonly kind: 'memory' }
  | {
      readonly kind: 'file';
      /** Whole, see {@link wholePath}. */
      readonly path: string;
    }
  | { readonly kind: 'postgres'; readonly url: string };

/** Returns the database, or the problem: the rest of a sentence that begins with the setting. */
export function readDatabaseUrl(text: string): Database | string {
  if (text === 'memory:') return { kind: 'memory' };
  if (text.startsWith('file:')) return readFile(text);
  if (/^postgres(ql)?:\/\//.test(text)) {
    return postgresAddresses(text) === null
      ? postgresAddressProblem
      : { kind: 'postgres', url: text };
  }
  // Only the scheme is repeated: what follows it may be a password.
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0];
  const found = scheme === undefined ? 'has no scheme' : `begins with ${JSON.stringify(scheme)}`;
  return `${found}; it must be memory:, file:PATH or postgres://….`;
}

/** `postgres://user:password@host:port,host:port/database?setting=value`, as libpq reads it. */
const postgresShape = /^(postgres(?:ql)?:\/\/)((?:[^@/?#]*@)?)([^/?#]*)(.*)$/;

/** Repeats no part of the address, since a password may be anywhere. */
export const postgresAddressProblem =
  'cannot be read; write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with characters of the ' +
  'password other than letters and digits as %XX.';

/**
 * Returns the addresses of the servers that an address of PostgreSQL names, one URL each, in its
 * order; null if it cannot be parsed.
 */
export function postgresAddresses(text: string): string[] | null {
  const [, scheme, user, hosts, rest] = postgresShape.exec(text) ?? [];
  const addresses = hosts?.split(',').map((host) => `${scheme}${user}${host}${rest}`);
  return addresses?.every(isPostgresUrl) ? addresses : null;
}

/** Returns the host and port of an address, which are empty for the local socket. */
export function postgresHost(address: string): string {
  return postgresShape.exec(address)?.[3] ?? '';
}

function isPostgresUrl(address: string): boolean {
  // URL parsers do not accept the local socket, which has no host.
  const isLocal = postgresHost(address) === '';
  return URL.canParse(isLocal ? address.replace(postgresShape, '$1$2localhost$4') : address);
}

function readFile(text: string): Database | string {
  const path = text.startsWith('file://') ? pathOfUrl(text) : text.slice('file:'.length);
  if (path === null) {
    return `is ${JSON.stringify(text)}; write file:PATH, or file:///PATH for a path from the root.`;
  }
  return path === ''
    ? 'is "file:" without a path; write file:PATH.'
    : { kind: 'file', path: wholePath(path) };
}

/** Returns null if the URL is not that of a file on this machine. */
function pathOfUrl(text: string): string | null {
  try {
    return fileURLToPath(text);
  } catch {
    return null;
  }
}
