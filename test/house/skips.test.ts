import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const tests = resolve(__dirname, '..');
const helper = join('support', 'needs.ts');

test('a test is skipped only through the helper that prints the reason', () => {
  const skip = /\b(test|it|describe)\.skip\b|\b(xtest|xit|xdescribe)\b/;
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => name.endsWith('.ts') && name !== helper && name !== join('house', 'skips.test.ts'),
    )
    .filter((name) => skip.test(readFileSync(join(tests, name), 'utf8')));
  expect(files).toEqual([]);
});
