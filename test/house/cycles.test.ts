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

/**
 * Returns the groups of files that import each other, directly or through others (the strongly
 * connected components of more than one file, by Tarjan's algorithm), and files that import
 * themselves.
 */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): number => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      const reached = order.has(next)
        ? stack.includes(next)
          ? order.get(next)!
          : null
        : visit(next);
      if (reached !== null) lowest.set(file, Math.min(lowest.get(file)!, reached));
    }
    if (lowest.get(file) === order.get(file)) {
      const group = stack.splice(stack.indexOf(file));
      if (group.length > 1 || graph.get(file)?.includes(file)) cycles.push(group);
    }
    return stack.includes(file) ? lowest.get(file)! : Number.POSITIVE_INFINITY;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles;
}

test('no files import each other in a cycle, not even types', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  expect([...graph.values()].flat().length).toBeGreaterThan(500);
  const cycles = cyclesIn(graph).map((group) => group.map((file) => relative(root, file)).sort());
  expect(cycles).toEqual([]);
});

test('a cycle through several files is found', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
  ]);
  expect(cyclesIn(graph).map((group) => group.sort())).toEqual([['a', 'b', 'c']]);
});
