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

/** Returns the host and port of a URL, without user and password, for messages. */
export function placeOf(address: string): string {
  return postgresHost(address) || 'the local socket';
}
