import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * A key is one word: the prefix, an id of 8 characters, a secret of 43, and a checksum of 6, all of
 * base62. Scanners for secrets find it by the prefix, and exclude other words by the checksum,
 * which is the CRC-32 of what precedes it.
 */
export const keyPrefix = 'plk_';

const idLength = 8;
/** 43 characters of base62 hold 256 bits. */
const secretLength = 43;
const checksumLength = 6;
const shape = /^plk_[0-9A-Za-z]{57}$/;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Returns a new key; its randomness makes it unique. */
export function newKeyText(): string {
  const body = keyPrefix + randomDigits(idLength + secretLength);
  return body + checksumOf(body);
}

/** Returns the id of a key, which is no secret, or null if the text is no key. */
export function keyIdOf(text: string): string | null {
  if (!shape.test(text)) return null;
  const body = text.slice(0, -checksumLength);
  if (checksumOf(body) !== text.slice(-checksumLength)) return null;
  return idPartOf(text);
}

/** Returns the part of a text in which a key has its id, without checking the rest. */
export function idPartOf(text: string): string {
  return text.slice(keyPrefix.length, keyPrefix.length + idLength);
}

/**
 * Returns the SHA-256 of a key in hexadecimal. A slow hash is for passwords, which are guessable.
 */
export function keyHashOf(text: string): string {
  return hash('sha256', text);
}

/**
 * True if a key has this hash. Takes the same time wherever they differ.
 * @param expected the bytes of its hash.
 */
export function hasKeyHash(text: string, expected: Buffer): boolean {
  const actual = hash('sha256', text, 'buffer');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function checksumOf(body: string): string {
  let value = crc32(body);
  let text = '';
  for (let place = 0; place < checksumLength; place += 1) {
    text = digits[value % digits.length] + text;
    value = Math.floor(value / digits.length);
  }
  return text;
}

/** Bytes from 248 on are dropped: 248 is four times 62, so every digit is equally likely. */
function randomDigits(count: number): string {
  let text = '';
  while (text.length < count) {
    for (const byte of randomBytes(count)) if (byte < 248) text += digits[byte % digits.length];
  }
  return text.slice(0, count);
}
