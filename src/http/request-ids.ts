import { randomBytes } from 'node:crypto';

/**
 * Returns a generator of request ids, unique across processes and restarts. A random prefix and a
 * counter cost less than a random id for each request.
 */
export function requestIds(): () => string {
  const process = randomBytes(6).toString('hex');
  let count = 0;
  return () => `${process}-${(++count).toString(36)}`;
}
