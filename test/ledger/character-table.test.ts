import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unicodeVersion } from '../../src/ledger/character-table';
import { nameProblem } from '../../src/ledger/name-problem';
import { testIf } from '../support/needs';

/**
 * From Debian's package `unicode-data`. Without it, or with another version, nothing is compared.
 */
const folder = '/usr/share/unicode';
const derived = join(folder, 'DerivedCoreProperties.txt');
const isThere =
  existsSync(derived) && readFileSync(derived, 'utf8').includes(`-${unicodeVersion}.txt`);
const testWithData = testIf(
  isThere,
  `character table tests: no unicode-data of Unicode ${unicodeVersion}; apt install unicode-data`,
);

testWithData('the table of characters equals what its script writes', () => {
  const script = resolve(__dirname, '../../scripts/character-table.js');
  const ran = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ code: ran.status, errors: ran.stderr }).toEqual({ code: 0, errors: '' });
});

/** Returns the code points in hexadecimal with which each line begins, up to a semicolon. */
function sequencesOf(file: string): string[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const sequences = lines.map((line) => /^([\dA-F]+(?: [\dA-F]+)*) *;/.exec(line)?.[1]);
  return sequences
    .filter((sequence) => sequence !== undefined)
    .map((sequence) =>
      String.fromCodePoint(...sequence.split(' ').map((code) => Number.parseInt(code, 16))),
    );
}

testWithData.each([
  'emoji/emoji-test.txt',
  'emoji/emoji-zwj-sequences.txt',
  'emoji/emoji-variation-sequences.txt',
  'StandardizedVariants.txt',
])('every sequence of %s may be part of a new name', (file) => {
  const sequences = sequencesOf(file);
  expect(sequences.length).toBeGreaterThan(300);
  expect(sequences.filter((sequence) => nameProblem(`A${sequence}`) !== null)).toEqual([]);
});
