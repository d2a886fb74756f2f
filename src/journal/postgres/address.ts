import { JournalUnusable } from '../journal';

/** `postgres://user:password@host:port,host:port/database?setting=value`, as libpq reads it. */
const shape = /^(postgres(?:ql)?:\/\/)((?:[^@/?#]*@)?)([^/?#]*)(.*)$/;

/**
 * The addresses of the servers that a DATABASE_URL names, one URL each, in its order. Throws {@link
 * JournalUnusable} where there is none to be read; the message repeats nothing of it, as a password
 * may be anywhere.
 */
export function addressesOf(databaseUrl: string): string[] {
  const [, scheme, user, hosts, rest] = shape.exec(databaseUrl) ?? [];
  const addresses = hosts?.split(',').map((host) => `${scheme}${user}${host}${rest}`);
  if (addresses?.every(isUrl)) return addresses;
  throw new JournalUnusable(
    'DATABASE_URL cannot be read; write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with what is no letter or digit of the password as %XX.',
  );
}

/** Where a URL leads, without user and password: to be told in messages. */
export function placeOf(address: string): string {
  return (shape.exec(address)?.[3] ?? '') || 'the local socket';
}

function isUrl(address: string): boolean {
  const isLocal = shape.exec(address)?.[3] === '';
  // Without a host it is the local socket, which no URL parser takes.
  return URL.canParse(isLocal ? address.replace(shape, '$1$2localhost$4') : address);
}
