import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const purposeShape = /^[a-z]+(-[a-z]+)*$/;
const shape = /^ledger-[a-z-]+-(\d+)-\w{6}$/;
let isSwept = false;

/**
 * Makes a folder for this process. The first call of each process removes the folders of processes
 * that have ended, and ends their databases.
 * @param purpose words in small letters with hyphens between.
 */
export function temporaryFolder(purpose: string): string {
  if (!purposeShape.test(purpose)) throw new Error(`No process would remove ledger-${purpose}-….`);
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
    if (!words.includes(folder)) return;
    process.kill(Number(pid), 'SIGQUIT');
    // A frozen one gets the signal when it is resumed.
    process.kill(Number(pid), 'SIGCONT');
  } catch {
    // No such process or file.
  }
}
