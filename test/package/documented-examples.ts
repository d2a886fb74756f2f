import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Example {
  readonly file: string;
  readonly text: string;
}

/** Reads the files that docs/testing.md shows: each begins with a comment that names it. */
export function documentedExamples(): Example[] {
  const doc = readFileSync(resolve(__dirname, '../../docs/testing.md'), 'utf8');
  const blocks = doc.matchAll(/```js\n(\/\/ (\S+)\n.*?)```/gs);
  return [...blocks].map(([, text, file]) => ({ file, text }));
}

/** True if Jest runs it; false for the files of Vitest. */
export function isForJest({ file }: Example): boolean {
  return file.endsWith('.js');
}
