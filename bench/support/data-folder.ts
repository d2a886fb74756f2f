import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths';

/** The type of Linux's file systems in memory, on which a commit costs nothing. */
const memoryFileSystem = 0x01021994;

/** Makes an empty folder for databases, beside the program and so, as a rule, on a disk. */
export function emptyDataFolder(name: string): string {
  const folder = join(projectRoot, 'bench', 'data', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (statfsSync(folder).type === memoryFileSystem) {
    console.warn('This checkout is on a file system in memory: nothing measured here is durable.');
  }
  return folder;
}
