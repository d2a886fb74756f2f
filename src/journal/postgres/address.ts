import { OperatorError } from '../../operator-error';

/** `postgres://user:password@host:port,host:port/database?setting=value`, as libpq reads it. */
const shape = /^(postgres(?:ql)?:\/\/)((?:[^@/?#]*@)?)([^/?#]*)(.*)$/;

/**
 * Returns the addresses of the servers that a DATABASE_URL names, one URL each, in its order.
 * @throws OperatorError if it cannot be parsed. The message repeats no part of it, since a
 *   password may be anywhere.
 */
export function addressesOf(databaseUrl: string): string[] {
  const [, scheme, user, hosts, rest] = shape.exec(databaseUrl) ?? [];
  const addresses = hosts?.split(',').map((host) => `${scheme}${user}${host}${rest}`);
  if (addresses?.every(isUrl)) return addresses;
  throw new OperatorError(
    'store',
    'DATABASE_URL cannot be read; write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with characters of the password other than letters and digits as %XX.',
  );
}

/** Returns the host and port of a URL, without user and password, for messages. */
export function placeOf(address: string): string {
  return (shape.exec(address)?.[3] ?? '') || 'the local socket';
}

function isUrl(address: string): boolean {
  const isLocal = shape.exec(address)?.[3] === '';
  // URL parsers do not accept the local socket, which has no host.
  return URL.canParse(isLocal ? address.replace(shape, '$1$2localhost$4') : address);
}
