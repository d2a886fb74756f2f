import {
  closeSync,
  copyFileSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';

const pageBytes = 4_096;

/** A change to the files of a running server's ledger. */
export interface WalAttack {
  readonly name: string;
  /** True if the open files still hold every row. */
  readonly isRepairable: boolean;
  /** Called before the last entries are written, to copy files. */
  prepare?(path: string): void;
  strike(path: string): void;
}

/** Returns the path of a copy of the WAL that was made before a checkpoint. */
export function formerWalPathOf(path: string): string {
  return `${path}-wal-former`;
}

const wal = (path: string) => `${path}-wal`;
const index = (path: string) => `${path}-shm`;
const olderWal = (path: string) => `${path}-wal-older`;
const olderIndex = (path: string) => `${path}-shm-older`;
const copyWal = (path: string) => copyFileSync(wal(path), olderWal(path));
const copyIndex = (path: string) => copyFileSync(index(path), olderIndex(path));

function cutTo(path: string, bytes: (size: number) => number): void {
  truncateSync(wal(path), Math.max(0, Math.floor(bytes(statSync(wal(path)).size))));
}

function overwriteHeader(path: string): void {
  const descriptor = openSync(wal(path), 'r+');
  writeSync(descriptor, Buffer.alloc(32, 0xa5), 0, 32, 0);
  closeSync(descriptor);
}

export const walAttacks: readonly WalAttack[] = [
  { name: 'remove the WAL', isRepairable: true, strike: (path) => rmSync(wal(path)) },
  {
    name: 'rename the WAL',
    isRepairable: true,
    strike: (path) => renameSync(wal(path), `${path}-wal-away`),
  },
  {
    name: 'replace the WAL by an empty file',
    isRepairable: true,
    strike(path) {
      closeSync(openSync(`${path}-new`, 'w'));
      renameSync(`${path}-new`, wal(path));
    },
  },
  {
    name: 'replace the WAL by an older copy',
    isRepairable: true,
    prepare: copyWal,
    strike: (path) => renameSync(olderWal(path), wal(path)),
  },
  {
    name: 'replace the WAL by one from before the last checkpoint',
    isRepairable: true,
    strike: (path) => renameSync(formerWalPathOf(path), wal(path)),
  },
  {
    name: 'remove the WAL and its index',
    isRepairable: true,
    strike(path) {
      rmSync(wal(path));
      rmSync(index(path));
    },
  },
  { name: 'remove the index', isRepairable: true, strike: (path) => rmSync(index(path)) },
  {
    name: 'replace the index by an older copy',
    isRepairable: true,
    prepare: copyIndex,
    strike: (path) => renameSync(olderIndex(path), index(path)),
  },
  {
    name: 'copy an older WAL over the WAL',
    isRepairable: false,
    prepare: copyWal,
    strike: (path) => copyFileSync(olderWal(path), wal(path)),
  },
  {
    name: 'copy a WAL from before the last checkpoint over the WAL',
    isRepairable: false,
    strike: (path) => copyFileSync(formerWalPathOf(path), wal(path)),
  },
  { name: 'truncate to 0', isRepairable: false, strike: (path) => cutTo(path, () => 0) },
  {
    name: 'truncate to half',
    isRepairable: false,
    strike: (path) => cutTo(path, (size) => size / 2),
  },
  {
    name: 'truncate by a page',
    isRepairable: false,
    strike: (path) => cutTo(path, (size) => size - pageBytes),
  },
  { name: 'overwrite the header', isRepairable: false, strike: overwriteHeader },
];
