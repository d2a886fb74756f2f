import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

const files = ['src', 'web/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(root, folder, name)),
);

/** Imports of types count, and so do re-exports and `import()`. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*['"](\.[^'"]*)['"]/g)]
    .map(([, path]) => resolve(dirname(file), path!))
    .flatMap((path) => candidates(path).filter((each) => existsSync(each)));
}

function candidates(path: string): string[] {
  const stem = path.replace(/\.js$/, '');
  return [`${stem}.ts`, `${stem}.tsx`, join(stem, 'index.ts')];
}

/** Returns the shortest way from each file back to itself, for files that have one. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  return [...graph.keys()].map((file) => wayBack(file, graph)).filter((way) => way.length > 0);
}

function wayBack(start: string, graph: ReadonlyMap<string, readonly string[]>): string[] {
  const reachedFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (reachedFrom.has(next)) continue;
      reachedFrom.set(next, file);
      queue.push(next);
    }
  }
  const way: string[] = [];
  let file = reachedFrom.get(start);
  while (file !== undefined) {
    way.unshift(file);
    file = file === start ? undefined : reachedFrom.get(file);
  }
  return way;
}

test('no files import each other in a cycle, not even types', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  expect([...graph.values()].flat().length).toBeGreaterThan(500);
  const cycles = cyclesIn(graph).map((way) => way.map((file) => relative(root, file)).join(' → '));
  expect(cycles).toEqual([]);
});

test('a cycle through several files is found, and so is a file that imports itself', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', ['d']],
  ]);
  expect(cyclesIn(graph)).toEqual([['a', 'b', 'c'], ['b', 'c', 'a'], ['c', 'a', 'b'], ['d']]);
});
