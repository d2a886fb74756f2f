import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sections } from './sections';
import { machine } from './support/machine';
import { projectRoot } from './support/paths';
import { formatTable } from './support/table';

void main(process.argv.slice(2));

/** Runs the sections named on the command line, or all of them; prints tables and writes JSON. */
async function main(words: readonly string[]): Promise<void> {
  const names = words.filter((word) => !word.startsWith('--'));
  const options = words.filter((word) => word.startsWith('--'));
  const unknown = names.filter((name) => !sections.some((section) => section.name === name));
  if (unknown.length > 0) {
    console.error(`Unknown section ${unknown.join(', ')}; the sections are ${listOfNames()}.`);
    process.exitCode = 1;
    return;
  }
  const results: Record<string, readonly object[]> = {};
  console.log(`${Object.values(machine()).join(', ')}\n`);
  for (const section of sections) {
    if (names.length > 0 && !names.includes(section.name)) continue;
    console.log(`## ${section.title}\n`);
    const { tables, figures } = await section.run(options);
    for (const table of tables) console.log(formatTable(table));
    results[section.name] = figures;
  }
  write({ machine: machine(), ...results });
}

function write(results: object): void {
  const folder = join(projectRoot, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(results, null, 2)}\n`);
  console.log('Written: bench/results/latest.json');
}

function listOfNames(): string {
  return sections.map(({ name }) => name).join(', ');
}
