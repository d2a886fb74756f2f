import { readSync } from 'node:fs';
import { endianness } from 'node:os';

/** https://www.sqlite.org/fileformat2.html#the_write_ahead_log describes the format. */
export const walHeaderBytes = 32;
const frameHeaderBytes = 24;
const littleEndianMagic = 0x377f0682;
const bigEndianMagic = 0x377f0683;
const formatVersion = 3_007_000;
const pageSizeOffset = 8;
const pageBytesMax = 65_536;
const saltOffset = 16;
const saltBytes = 8;
const headerChecksumOffset = 24;
const frameSaltOffset = 8;
const frameChecksumOffset = 16;

/** Most commits are a few frames; a whole log is read in larger and larger pieces. */
const firstFrames = 4;
const growth = 4;
const scratch = new ArrayBuffer(4 * (frameHeaderBytes + pageBytesMax));
const scratchBytes = Buffer.from(scratch);

/** A running checksum over the header and the frames: two unsigned 32-bit words. */
type Checksum = readonly [number, number];

/** A valid header of a write-ahead log. */
export interface WalHeader {
  readonly bytes: Buffer;
  readonly frameBytes: number;
  readonly checksum: Checksum;
}

/** A frame that commits a transaction: where it starts in the file, and the checksum before it. */
export interface CommitFrame {
  readonly offset: number;
  /** The frame's own header, which has its checksum. */
  readonly head: Buffer;
  readonly checksumBefore: Checksum;
}

/** Returns null if the bytes are not a valid header. */
export function parseWalHeader(given: Buffer): WalHeader | null {
  if (given.length < walHeaderBytes) return null;
  const bytes = Buffer.from(given.subarray(0, walHeaderBytes));
  const magic = bytes.readUInt32BE(0);
  if (magic !== littleEndianMagic && magic !== bigEndianMagic) return null;
  if (bytes.readUInt32BE(4) !== formatVersion) return null;
  scratchBytes.set(bytes);
  const words = wordsOf(bytes, walHeaderBytes);
  const checksum = checksumOf(words, 0, headerChecksumOffset, [0, 0]);
  if (!isStoredAt(bytes, headerChecksumOffset, checksum)) return null;
  return { bytes, frameBytes: frameHeaderBytes + bytes.readUInt32BE(pageSizeOffset), checksum };
}

/**
 * True if SQLite writes this header when it restarts a log that had the other one, which it does
 * once every frame is in the database.
 */
export function isRestartOf(header: WalHeader, former: WalHeader): boolean {
  return isNextSalt(saltOf(header), saltOf(former)) && header.frameBytes === former.frameBytes;
}

/** Returns the two salts of a log, which all its frames hold. */
export function saltOf({ bytes }: WalHeader): Buffer {
  return bytes.subarray(saltOffset, saltOffset + saltBytes);
}

/**
 * Returns true if a log was restarted: SQLite increments the first salt and draws a new second one.
 */
export function isNextSalt(salt: Buffer, former: Buffer): boolean {
  return salt.readUInt32BE(0) === (former.readUInt32BE(0) + 1) % 2 ** 32;
}

/**
 * Reads the frames from a commit frame on (null: from the first frame) and verifies their
 * checksums as SQLite's recovery does, up to the first invalid one. Returns the last valid frame
 * that commits, or null if there is none. Costs about 3 µs per frame of 4 KiB.
 */
export function lastCommitFrame(
  descriptor: number,
  header: WalHeader,
  from: CommitFrame | null,
): CommitFrame | null {
  const { frameBytes } = header;
  const framesMax = Math.floor(scratch.byteLength / frameBytes);
  let offset = from?.offset ?? walHeaderBytes;
  let checksum = from?.checksumBefore ?? header.checksum;
  let last: CommitFrame | null = null;
  for (
    let frames = Math.min(firstFrames, framesMax);
    ;
    frames = Math.min(frames * growth, framesMax)
  ) {
    const length = readSync(descriptor, scratchBytes, 0, frames * frameBytes, offset);
    const words = wordsOf(header.bytes, length);
    for (let start = 0; start + frameBytes <= length; start += frameBytes) {
      const before = checksum;
      checksum = frameChecksum(words, start, frameBytes, before);
      if (!isFrameOf(header, start, checksum)) return last;
      if (isCommit(start))
        last = { offset: offset + start, head: headAt(start), checksumBefore: before };
    }
    if (length < frames * frameBytes) return last;
    offset += length;
  }
}

/** True if the frame is still at its place. Costs a short read. */
export function hasFrame(descriptor: number, { offset, head }: CommitFrame): boolean {
  const length = readSync(descriptor, foundHead, 0, frameHeaderBytes, offset);
  return length === frameHeaderBytes && foundHead.equals(head);
}

const foundHead = Buffer.alloc(frameHeaderBytes);

function headAt(start: number): Buffer {
  return Buffer.from(scratchBytes.subarray(start, start + frameHeaderBytes));
}

/** Returns the scratch buffer as words in the byte order that the log's checksums use. */
function wordsOf(header: Buffer, length: number): Int32Array {
  const isBigEndian = header.readUInt32BE(0) === bigEndianMagic;
  const words = new Int32Array(scratch, 0, length >>> 2);
  if (isBigEndian === (endianness() === 'BE')) return words;
  const swapped = Buffer.from(scratchBytes.subarray(0, words.length * 4)).swap32();
  return new Int32Array(new Uint8Array(swapped).buffer);
}

/** Covers the first 8 bytes of the frame's header, and its page. */
function frameChecksum(
  words: Int32Array,
  start: number,
  frameBytes: number,
  before: Checksum,
): Checksum {
  const head = checksumOf(words, start, frameSaltOffset, before);
  return checksumOf(words, start + frameHeaderBytes, frameBytes - frameHeaderBytes, head);
}

function checksumOf(
  words: Int32Array,
  start: number,
  length: number,
  [first, second]: Checksum,
): Checksum {
  const end = (start + length) >>> 2;
  let sum1 = first | 0;
  let sum2 = second | 0;
  for (let at = start >>> 2; at < end; at += 2) {
    sum1 = (sum1 + words[at]! + sum2) | 0;
    sum2 = (sum2 + words[at + 1]! + sum1) | 0;
  }
  return [sum1 >>> 0, sum2 >>> 0];
}

function isFrameOf(header: WalHeader, start: number, checksum: Checksum): boolean {
  const salt = saltOf(header);
  const saltStart = start + frameSaltOffset;
  return (
    scratchBytes.compare(salt, 0, saltBytes, saltStart, saltStart + saltBytes) === 0 &&
    isStoredAt(scratchBytes, start + frameChecksumOffset, checksum)
  );
}

/**
 * Returns true if the frame's header holds the size of the database after a commit, 0 in other
 * frames.
 */
function isCommit(start: number): boolean {
  return scratchBytes.readUInt32BE(start + 4) !== 0;
}

function isStoredAt(bytes: Buffer, offset: number, [first, second]: Checksum): boolean {
  return bytes.readUInt32BE(offset) === first && bytes.readUInt32BE(offset + 4) === second;
}
