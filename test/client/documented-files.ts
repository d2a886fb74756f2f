import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const examples = join(__dirname, 'examples');

const documentation: string = readFileSync(join(root, 'docs/clients.md'), 'utf8');

/** Returns the code blocks of docs/clients.md in a language. */
export function blocks(language: string): string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms');
  return [...documentation.matchAll(fenced)].map(([, code]) => code!);
}

/** Returns the blocks of a language that begin with `// name`, without that line. */
export function filesNamed(name: string, language: string): string[] {
  const head = `// ${name}\n`;
  return blocks(language)
    .filter((code) => code.startsWith(head))
    .map((code) => code.slice(head.length));
}

/** Returns the examples in TypeScript by file name, as docs/clients.md shows them. */
export function exampleFiles(): Map<string, string> {
  return new Map(
    readdirSync(examples).map((name) => {
      const code = readFileSync(join(examples, name), 'utf8');
      const published = code
        .replace('../../../src/operations/generated/', './client/')
        .replace('../../../src/client/index', 'points-ledger/client');
      return [name, published];
    }),
  );
}
