import { randomBytes } from 'node:crypto';

/**
 * Ids unlike those of other processes and of this one's earlier runs; a counter costs less than a
 * random id each.
 */
export function requestIds(): () => string {
  const process = randomBytes(6).toString('hex');
  let count = 0;
  return () => `${process}-${(++count).toString(36)}`;
}
