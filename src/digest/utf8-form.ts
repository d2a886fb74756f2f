import type { FormWriter } from '../ledger/form-writer';

/** The bytes of the buffer at first; it doubles until a form fits. */
const bytesAtFirst = 4_096;
/** The most bytes that are kept for the next form. */
const keptBytesMax = 262_144;
/** Views of up to so many bytes are kept: making one costs more than writing an entry's numbers. */
const keptViewBytesMax = 1_024;

/** The most bytes of a number and its line break: a sign and 16 digits. */
const numberBytesMax = 18;
/** Numbers are written in two parts: each fits into 32 bits, which are faster to divide. */
const partOfNumber = 100_000_000;
const digitsOfPart = 8;
/** The most bytes in UTF-8 per UTF-16 code unit. */
const bytesPerUnitMax = 3;
/** From this length on, a call to Node's own code costs less than a loop. */
const longTextMin = 32;

const lineBreak = 10;
const equalsSign = 61;
const minusSign = 45;
const zeroDigit = 48;
const asciiMax = 127;

/**
 * Writes canonical forms as UTF-8 into one buffer, each field followed by a line break. It makes no
 * garbage: a form that is joined from strings leaves a kilobyte of it behind per entry.
 */
export class Utf8Form implements FormWriter {
  private bytes: Buffer = Buffer.allocUnsafeSlow(bytesAtFirst);
  private length = 0;
  /** The views that were returned, by their lengths. */
  private views: Buffer[] = [];

  /** Removes what was written. */
  clear(): void {
    this.length = 0;
    if (this.bytes.length > keptBytesMax) this.replace(Buffer.allocUnsafeSlow(bytesAtFirst));
  }

  empty(count = 1): void {
    this.reserve(count);
    for (let written = 0; written < count; written += 1) this.bytes[this.length++] = lineBreak;
  }

  word(value: string): void {
    this.reserve(value.length + 1);
    this.letters(value);
    this.bytes[this.length++] = lineBreak;
  }

  text(value: string | null | undefined): void {
    if (value === null || value === undefined) {
      this.empty();
      return;
    }
    this.reserve(value.length * bytesPerUnitMax + 2);
    this.bytes[this.length++] = equalsSign;
    this.letters(value);
    this.bytes[this.length++] = lineBreak;
  }

  number(value: number | null | undefined): void {
    this.reserve(numberBytesMax);
    if (value !== null && value !== undefined) this.integer(value);
    this.bytes[this.length++] = lineBreak;
  }

  /** Returns what was written. It is valid until more is written or it is cleared. */
  written(): Buffer {
    return this.view(this.length);
  }

  /** Returns what was written without the line break at its end, likewise. */
  joined(): Buffer {
    return this.view(this.length - 1);
  }

  private letters(value: string): void {
    const { bytes, length } = this;
    const count = value.length;
    let union = count < longTextMin ? 0 : asciiMax + 1;
    for (let index = 0; index < count && union <= asciiMax; index += 1) {
      const unit = value.charCodeAt(index);
      union |= unit;
      bytes[length + index] = unit;
    }
    const isWritten = union <= asciiMax;
    this.length = length + (isWritten ? count : bytes.write(value, length));
  }

  private integer(value: number): void {
    if (value < 0) this.bytes[this.length++] = minusSign;
    const size = Math.abs(value);
    const high = Math.floor(size / partOfNumber);
    if (high > 0) this.digits(high, digitsOf(high));
    const low = size - high * partOfNumber;
    this.digits(low, high > 0 ? digitsOfPart : digitsOf(low));
  }

  /** Writes an integer below 2^31 with so many digits. */
  private digits(value: number, count: number): void {
    const { bytes, length } = this;
    let rest = value | 0;
    for (let at = length + count - 1; at >= length; at -= 1) {
      const tenth = (rest / 10) | 0;
      bytes[at] = zeroDigit + rest - tenth * 10;
      rest = tenth;
    }
    this.length = length + count;
  }

  private view(length: number): Buffer {
    if (length > keptViewBytesMax) return this.bytes.subarray(0, length);
    this.views[length] ??= this.bytes.subarray(0, length);
    return this.views[length];
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes);
    this.replace(larger);
  }

  private replace(bytes: Buffer): void {
    this.bytes = bytes;
    this.views = [];
  }
}

/** Returns the number of decimal digits of an integer from 0 to 10^8. */
function digitsOf(value: number): number {
  let count = 1;
  for (let bound = 10; value >= bound; bound *= 10) count += 1;
  return count;
}
