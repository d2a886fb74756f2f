import { readSync } from 'node:fs';
import { endianness } from 'node:os';

/** https://www.sqlite.org/walformat.html#the_wal_index_file_format describes the format. */
const headerBytes = 48;
const isInitOffset = 12;
const framesOffset = 16;
const saltOffset = 32;
const saltBytes = 8;

const copies = Buffer.alloc(2 * headerBytes);

/** What an index says of its WAL. */
interface WalIndexHeader {
  /** How many frames of the WAL are committed. */
  readonly frames: number;
  /** The salts of the WAL, as its own header holds them. */
  readonly salt: Buffer;
}

/**
 * Returns null if the header is none or is being written: SQLite then rebuilds it or reads it
 * again.
 */
export function readWalIndex(descriptor: number): WalIndexHeader | null {
  const length = readSync(descriptor, copies, 0, copies.length, 0);
  const header = copies.subarray(0, headerBytes);
  const isWhole = length === copies.length && header.equals(copies.subarray(headerBytes));
  if (!isWhole || header[isInitOffset] === 0) return null;
  const isBigEndian = endianness() === 'BE';
  return {
    frames: isBigEndian ? header.readUInt32BE(framesOffset) : header.readUInt32LE(framesOffset),
    salt: Buffer.from(header.subarray(saltOffset, saltOffset + saltBytes)),
  };
}
