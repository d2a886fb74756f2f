import { Client } from 'pg';
import { postgresAddresses, postgresAddressProblem, postgresHost } from '../../database-url';
import { OperatorError } from '../../operator-error';

/**
 * Returns the addresses of the servers that a database URL names, one URL each, in its order.
 * @throws OperatorError if it cannot be parsed. Settings were checked before, by their names.
 */
export function addressesOf(databaseUrl: string): string[] {
  const addresses = postgresAddresses(databaseUrl);
  if (addresses !== null) return addresses;
  throw new OperatorError('store', `The address of the database ${postgresAddressProblem}`);
}

/**
 * Returns where pg connects for a URL, without user and password, for messages. What the URL leaves
 * out, pg takes from the environment, and else `localhost:5432`.
 */
export function placeOf(address: string): string {
  try {
    const { host, port } = new Client({ connectionString: address });
    if (host.startsWith('/')) return `${host}/.s.PGSQL.${port}`;
    return `${host.includes(':') ? `[${host}]` : host}:${port}`;
  } catch {
    // A file of certificates that the URL names cannot be read.
    return postgresHost(address) || 'localhost';
  }
}
