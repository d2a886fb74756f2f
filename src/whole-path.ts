import { isAbsolute, join } from 'node:path';

/**
 * Returns the whole path of a file, as every message names files: the reader need not know where
 * the program was started. Links stay, and so does a slash at the end.
 */
export function wholePath(path: string): string {
  return path === '' || isAbsolute(path) ? path : join(process.cwd(), path);
}
