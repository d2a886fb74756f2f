/**
 * Writes src/ledger/character-table.ts from Debian's package `unicode-data`, or, with --check,
 * fails if the file differs from what would be written. `node scripts/character-table.js [--check]
 * [FOLDER]`; FOLDER is /usr/share/unicode, or a copy of the Unicode Character Database with the
 * emoji data in `emoji`. docs/decisions/0012-names.md says why the table has one version of
 * Unicode.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = process.argv.slice(2).find((word) => word !== '--check') ?? '/usr/share/unicode';
const path = join(__dirname, '..', 'src', 'ledger', 'character-table.ts');
const codePointsEnd = 0x110000;
const columnsMax = 100;

const blankCategories = new Set(['Zs', 'Zl', 'Zp', 'Cc', 'Cf', 'Cs', 'Mn', 'Mc', 'Me']);
/** Characters that display nothing although their category says symbol. */
const blankSymbols = [0x2800, 0x1d159];

const letters = Array.from({ length: codePointsEnd }, () => '');
for (const [letter, isIn] of Object.entries(traits())) {
  for (let codePoint = 0; codePoint < codePointsEnd; codePoint += 1) {
    if (isIn(codePoint)) letters[codePoint] += letter;
  }
}
const written = moduleOf(lines(tokensOf(letters)));
if (!process.argv.includes('--check')) {
  writeFileSync(path, written);
} else if (readFileSync(path, 'utf8') !== written) {
  console.error(`${path} is not what the data say: run \`node scripts/character-table.js\`.`);
  process.exitCode = 1;
}

/** Returns, for each letter of the table, a function that is true for code points that have it. */
function traits() {
  const core = valuesOf('DerivedCoreProperties.txt');
  const list = valuesOf('PropList.txt');
  const emoji = valuesOf('emoji/emoji-data.txt');
  const category = valuesOf('extracted/DerivedGeneralCategory.txt');
  const joining = valuesOf('extracted/DerivedJoiningType.txt');
  const combining = valuesOf('extracted/DerivedCombiningClass.txt');
  const isHidden = (codePoint) =>
    has(core, codePoint, 'Default_Ignorable_Code_Point') ||
    has(list, codePoint, 'Bidi_Control') ||
    codePoint === 0x2800;
  return {
    h: isHidden,
    b: (codePoint) =>
      isHidden(codePoint) ||
      blankSymbols.includes(codePoint) ||
      (category[codePoint].some((value) => blankCategories.has(value)) &&
        !has(list, codePoint, 'Prepended_Concatenation_Mark')),
    c: (codePoint) => has(category, codePoint, 'Mc'),
    s: (codePoint) => has(list, codePoint, 'Variation_Selector'),
    p: (codePoint) => has(emoji, codePoint, 'Extended_Pictographic'),
    m: (codePoint) => has(emoji, codePoint, 'Emoji_Modifier'),
    v: (codePoint) => has(combining, codePoint, '9'),
    l: (codePoint) => has(joining, codePoint, 'L') || has(joining, codePoint, 'D'),
    r: (codePoint) => has(joining, codePoint, 'R') || has(joining, codePoint, 'D'),
    t: (codePoint) => has(joining, codePoint, 'T'),
  };
}

function has(values, codePoint, value) {
  return values[codePoint].includes(value);
}

/** Returns, by code point, the values that a file of the database gives it. */
function valuesOf(name) {
  const values = Array.from({ length: codePointsEnd }, () => []);
  for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
    const [range, value] = line.replace(/#.*/, '').split(';');
    if (value === undefined) continue;
    const [first, last = first] = range.trim().split('..');
    for (let at = Number.parseInt(first, 16); at <= Number.parseInt(last, 16); at += 1) {
      values[at].push(value.trim());
    }
  }
  return values;
}

/**
 * Returns `first-last:letters` in hexadecimal for each run of code points with the same letters.
 */
function tokensOf(letters) {
  const tokens = [];
  for (let first = 0; first < codePointsEnd; ) {
    let end = first + 1;
    while (end < codePointsEnd && letters[end] === letters[first]) end += 1;
    const range = end - 1 === first ? hex(first) : `${hex(first)}-${hex(end - 1)}`;
    if (letters[first] !== '') tokens.push(`${range}:${letters[first]}`);
    first = end;
  }
  return tokens;
}

function hex(codePoint) {
  return codePoint.toString(16);
}

function lines(tokens) {
  const filled = [''];
  for (const token of tokens) {
    const line = filled.at(-1);
    if (line.length + 1 + token.length > columnsMax) filled.push(token);
    else filled[filled.length - 1] = line === '' ? token : `${line} ${token}`;
  }
  return filled;
}

function version() {
  const [first] = readFileSync(join(folder, 'DerivedCoreProperties.txt'), 'utf8').split('\n');
  return /-(\d+\.\d+\.\d+)\.txt/.exec(first)[1];
}

function moduleOf(table) {
  return `// Written by scripts/character-table.js from the Unicode Character Database; do not edit.

/** The version of Unicode that the table was made from. */
export const unicodeVersion = '${version()}';

/**
 * The characters that the rule for names treats in a special way: ranges of code points in
 * hexadecimal, each with the letters of what they are:
 *
 * - h: hidden, allowed only where an exception says so (Default_Ignorable_Code_Point, Bidi_Control,
 *   U+2800)
 * - b: displays nothing of its own: hidden, white space, control and format characters, combining
 *   marks
 * - c: a spacing mark (General_Category Mc)
 * - s: Variation_Selector
 * - p: Extended_Pictographic
 * - m: Emoji_Modifier
 * - v: a virama (Canonical_Combining_Class 9)
 * - l: joins the next letter (Joining_Type L or D)
 * - r: joins the previous letter (Joining_Type R or D)
 * - t: transparent for joining (Joining_Type T)
 */
export const characterTable = \`
${table.join('\n')}
\`;
`;
}
