import fc from 'fast-check';
import { Utf8Reader } from '../../src/import/utf8-reader';
import { chunked } from './read-all';

async function textOf(bytes: Uint8Array, size: number): Promise<string> {
  const reader = new Utf8Reader();
  let text = '';
  for await (const chunk of chunked(bytes, size)) text += reader.push(chunk);
  return text + reader.end();
}

test('the decoded text does not depend on the size of the chunks', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', 'é', '☃', '🪙') });
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (written, size) => {
      expect(await textOf(new TextEncoder().encode(written), size)).toBe(written);
    }),
  );
});

test('a byte order mark at the start is not part of the text', async () => {
  expect(await textOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]), 2)).toBe('a');
});

test('text that is not UTF-8 is refused with its line, in chunks of any size', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'é', '🪙') });
  const lines = fc.array(line, { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(lines, line, fc.integer({ min: 1, max: 9 }), async (before, start, size) => {
      const good = new TextEncoder().encode([...before, start].join('\n'));
      const latin1 = Buffer.concat([good, Buffer.from([0xe9, 0x0a, 0x61, 0x0a])]);
      await expect(textOf(latin1, size)).rejects.toThrow(
        `Line ${before.length + 1}: this is not UTF-8.`,
      );
    }),
  );
});

test('a file that ends within a character is refused', async () => {
  await expect(textOf(new Uint8Array([0x61, 0x0a, 0xe2, 0x98]), 10)).rejects.toThrow('Line 2:');
});
