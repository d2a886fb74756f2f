import { closeSync, openSync, readSync } from 'node:fs';

const startBytes = 256;

/**
 * Returns the first bytes of a file as text, one character each. Not for a SQLite file that this
 * process has open: closing a descriptor releases the locks of the process on the file.
 */
export function fileStart(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(startBytes);
    return bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, startBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}
