import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './manifests';

const columnsMax = 100;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
}).split('\n');

/** A line of a document or a comment, and its place. */
interface Line {
  readonly place: string;
  readonly text: string;
}

const own = 'test/house/prose.test.ts';
const others = files.filter((file) => file !== own);
const documents = others.filter((file) => /^([A-Z]+|docs\/.*)\.md$/.test(file));
const sources = others.filter((file) => /\.(ts|tsx|js)$/.test(file));

/** Phrases for which the field has a term. They are wrong in every comment and document. */
const phrases: readonly (readonly [pattern: RegExp, better: string])[] = [
  [/\banew\b/i, 'again, reloads, recomputes'],
  [/\bin vain\b/i, 'loses the race, fails'],
  [/\blet(s|ting)? go\b/i, 'evicts, releases, closes'],
  [/\bunder way\b/i, 'in flight'],
  [/\bbeaten\b/i, 'in conflict, lost the race'],
  [/\bmend(s|ed|ing)?\b/i, 'fixes'],
  [/\breckon(s|ed|ing)?\b/i, 'computes'],
  [/\bnobody may\b/i, 'callers must not'],
  [/\bhears?\b/i, 'receives, is notified'],
  [/\bhand(s|ed)? (in|over|out)\b/i, 'passes, returns'],
  [/\banswers? (null|true|false|nothing|with|OK)\b/i, 'returns'],
  [/\bstands? (there|alone|beside|behind)\b/i, 'exists, is'],
  [/\b(is|are) told of\b/i, 'is notified, is logged'],
  [/\bsigns? of life\b/i, 'heartbeat, ping'],
];

function linesOf(file: string): Line[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.map((text, index) => ({ place: `${file}:${index + 1}`, text }));
}

/** Leaves out code blocks, fenced or indented after a blank line, and lines without a blank. */
function proseOf(file: string): Line[] {
  let isFenced = false;
  let isIndented = false;
  let isAfterBlank = true;
  return linesOf(file).filter(({ text }) => {
    const isFence = text.trimStart().startsWith('```');
    if (isFence) isFenced = !isFenced;
    isIndented = text.startsWith('    ') && (isAfterBlank || isIndented);
    isAfterBlank = text === '';
    return !isFenced && !isFence && !isIndented;
  });
}

function isTableOrLink({ text }: Line): boolean {
  return text.startsWith('|') || /^\s*(<|\S*\[[^\]]*\]\(\S+\)\S*$)/.test(text);
}

function commentsOf(file: string): Line[] {
  return linesOf(file).filter(({ text }) => /^\s*(\/\*|\*|\/\/)/.test(text));
}

test('documents have at most 100 columns, tables, links and code aside', () => {
  expect(documents.length).toBeGreaterThan(20);
  const wide = documents
    .flatMap(proseOf)
    .filter((line) => line.text.length > columnsMax && !isTableOrLink(line));
  expect(wide.map(({ place }) => place)).toEqual([]);
});

test('documents and comments use the terms of the field', () => {
  const prose = [...documents.flatMap(proseOf), ...sources.flatMap(commentsOf)];
  const wrong = prose.flatMap(({ place, text }) =>
    phrases.flatMap(([pattern, better]) => {
      const found = pattern.exec(text)?.[0];
      return found === undefined ? [] : [`${place}: “${found}”; better: ${better}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test('links between documents lead to files and headings that exist', () => {
  const broken = documents.flatMap((file) =>
    proseOf(file).flatMap(({ place, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target]) => target)
        .filter((target) => !/^[a-z]+:/.test(target) && !leads(file, target))
        .map((target) => `${place}: ${target}`),
    ),
  );
  expect(broken).toEqual([]);
});

function leads(from: string, target: string): boolean {
  const [path, anchor] = target.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (!files.some((each) => each === file || each.startsWith(`${file.replace(/\/$/, '')}/`))) {
    return false;
  }
  return anchor === undefined || anchorsOf(file).includes(anchor);
}

/** Returns the anchors that GitHub gives the headings of a document. */
function anchorsOf(file: string): string[] {
  return proseOf(file)
    .filter(({ text }) => /^#+ /.test(text))
    .map(({ text }) =>
      text
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s-]/gu, '')
        .replace(/ /g, '-'),
    );
}
