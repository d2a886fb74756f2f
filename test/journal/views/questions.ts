import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Question {
  readonly heading: string;
  readonly statement: string;
  /** The cells of the result, row by row, the header first. */
  readonly result: readonly (readonly string[])[];
}

export const sqlDocument = readFileSync(resolve(__dirname, '../../../docs/sql.md'), 'utf8');

/** Returns the section of docs/sql.md under this heading. */
export function sectionOf(heading: string): string {
  const section = sqlDocument.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/sql.md has no section ${heading}`);
  return section;
}

/** Returns every statement of a section that is followed by a table, under its own heading. */
export function questionsOf(text: string): Question[] {
  const pattern = /^### ([^\n]+)\n[^#]*?```sql\n([^`]+)```\n\n((?:\|[^\n]+\n)+)/gm;
  return [...text.matchAll(pattern)].map(([, heading, statement, table]) => ({
    heading: heading!,
    statement: statement!,
    result: table!
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('|-'))
      .map((line) =>
        line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      ),
  }));
}
