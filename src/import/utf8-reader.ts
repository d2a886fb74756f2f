import { ImportError } from './import-error';
import { checkFirstBytes } from './unusual-file';

const newline = 10;

/**
 * Decodes bytes, chunk by chunk; a byte order mark at the start is dropped. Text that is not UTF-8
 * is refused with its line: replacement characters would create new names of payers.
 */
export class Utf8Reader {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  /** Line breaks in the chunks before; no other character of UTF-8 contains this byte. */
  private newlines = 0;
  /** The first bytes of the file, four at most. */
  private start: Uint8Array = new Uint8Array(0);
  /** The first bytes of a character that the last chunk cut. */
  private pending: Uint8Array = new Uint8Array(0);

  /** @throws ImportError if the bytes are not UTF-8. */
  push(bytes: Uint8Array): string {
    this.checkStart(bytes);
    const text = this.decode(bytes, true);
    this.newlines += newlinesIn(bytes);
    this.pending = unfinished(bytes.length < 4 ? joined(this.pending, bytes) : bytes);
    return text;
  }

  /** @throws ImportError if the file ends within a character. */
  end(): string {
    return this.decode(new Uint8Array(0), false);
  }

  /** Checks the first bytes as soon as two, and again as soon as four of them are known. */
  private checkStart(bytes: Uint8Array): void {
    if (this.start.length >= 4) return;
    this.start = joined(this.start, bytes.subarray(0, 4 - this.start.length));
    if (this.start.length >= 2) checkFirstBytes(this.start);
  }

  private decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.decoder.decode(bytes, { stream });
    } catch {
      throw new ImportError(
        'this is not UTF-8. Save the file as UTF-8 and import it again.',
        this.newlines + 1 + newlinesIn(soundStart(joined(this.pending, bytes))),
      );
    }
  }
}

/** Returns the first lines, up to the first that is not UTF-8. */
function soundStart(bytes: Uint8Array): Uint8Array {
  for (let start = 0; ; ) {
    const end = bytes.indexOf(newline, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return bytes.subarray(0, start);
    start = end + 1;
  }
}

/** Returns the first bytes of a character whose other bytes are in the next chunk: 3 at most. */
function unfinished(bytes: Uint8Array): Uint8Array {
  for (let count = 1; count <= 3 && count <= bytes.length; count += 1) {
    const byte = bytes[bytes.length - count];
    if (byte < 0x80) break;
    if (byte >= 0xc0) return bytes.slice(lengthOf(byte) > count ? -count : bytes.length);
  }
  return new Uint8Array(0);
}

function lengthOf(firstByte: number): number {
  if (firstByte >= 0xf0) return 4;
  return firstByte >= 0xe0 ? 3 : 2;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function newlinesIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}
