import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const shape = /^ledger-[a-z]+-(\d+)-\w{6}$/;
let isSwept = false;

/**
 * Makes a folder for this process, which removes it when it exits. The first call removes the
 * folders of killed processes too.
 * @param purpose a word in small letters.
 */
export function temporaryFolder(purpose: string): string {
  if (!isSwept) removeLeftFolders();
  isSwept = true;
  return mkdtempSync(join(tmpdir(), `ledger-${purpose}-${process.pid}-`));
}

function removeLeftFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, owner] = shape.exec(name) ?? [];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    endDatabase(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is the running process of another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Ends a PostgreSQL that has outlived its test, if it is still the one of this folder. */
function endDatabase(folder: string): void {
  try {
    const [pid] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    const words = readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8').split('\0');
    if (words.includes(folder)) process.kill(Number(pid), 'SIGQUIT');
  } catch {
    // No such process or file.
  }
}
