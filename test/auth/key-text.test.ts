import { hasKeyHash, keyHashOf, keyIdOf, newKeyText } from '../../src/auth/keys/key-text';

test('a key is one word with a prefix that scanners for secrets find', () => {
  const texts = Array.from({ length: 1_000 }, newKeyText);
  for (const text of texts) expect(text).toMatch(/^plk_[0-9A-Za-z]{57}$/);
  expect(new Set(texts.map(keyIdOf)).size).toBe(texts.length);
});

test('the checksum finds any changed character', () => {
  const text = newKeyText();
  expect(keyIdOf(text)).toBe(text.slice(4, 12));
  for (let index = 0; index < text.length; index += 1) {
    const other = text[index] === 'x' ? 'y' : 'x';
    expect(keyIdOf(text.slice(0, index) + other + text.slice(index + 1))).toBeNull();
  }
  for (const wrong of ['', text.slice(1), `${text}0`, ` ${text}`, `${text}\n`]) {
    expect(keyIdOf(wrong)).toBeNull();
  }
});

test('a key has its own hash and no other, whatever the length of that', () => {
  const [text, other] = [newKeyText(), newKeyText()];
  expect(keyHashOf(text)).toMatch(/^[0-9a-f]{64}$/);
  expect(hasKeyHash(text, Buffer.from(keyHashOf(text), 'hex'))).toBe(true);
  for (const hash of [keyHashOf(other), '', keyHashOf(text).slice(1)]) {
    expect(hasKeyHash(text, Buffer.from(hash, 'hex'))).toBe(false);
  }
});
