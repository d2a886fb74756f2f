import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './manifests';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|mts|js|mjs)$/.test(file) && existsSync(join(root, file)));

const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

/** Files whose exports others use than files of this tree by name. */
const entrances = new Set([
  // Programs import the package.
  'src/index.ts',
  'src/client/index.ts',
  // The declarations of derived classes name its types.
  'src/graphql/page/connection.ts',
  // Jest loads them by their paths.
  'test/support/before-whole-run.ts',
  'test/support/after-whole-run.ts',
]);

/** Returns the names that a file declares and exports. */
function exportsOf(text: string): string[] {
  const declared = text.matchAll(
    /^export (?:default )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm,
  );
  return [...declared].map(([, name]) => name!);
}

/** Returns what a file imports or exports again: each file, and the names; null for all of it. */
function importsOf(file: string, text: string): [file: string, names: string[] | null][] {
  const named = text.matchAll(/\b(?:import|export)\s+(?:type\s+)?([^'";]*?)\s+from\s+'(\.[^']+)'/g);
  const whole = text.matchAll(/\b(?:import|require|require\.resolve)\(\s*'(\.[^']+)'/g);
  return [
    ...[...named].map(([, names, path]) => [pathOf(file, path!), namesIn(names!)] as const),
    ...[...whole].map(([, path]) => [pathOf(file, path!), null] as const),
  ].flatMap(([path, names]) => (path === undefined ? [] : [[path, names]]));
}

function namesIn(list: string): string[] | null {
  const braces = /\{([^}]*)\}/.exec(list);
  if (braces === null) return null;
  return braces[1]!.split(',').map(
    (name) =>
      name
        .trim()
        .replace(/^type\s+/, '')
        .split(' ')[0]!,
  );
}

function pathOf(from: string, path: string): string | undefined {
  const target = join(dirname(from), path);
  const stem = target.replace(/\.m?js$/, '');
  const candidates = [target, `${stem}.ts`, `${stem}.tsx`, `${stem}.mts`, join(target, 'index.ts')];
  return candidates.find((each) => texts.has(each));
}

function isSource(file: string): boolean {
  return /\.(ts|tsx)$/.test(file) && !file.includes('/generated/');
}

function unusedExports(sources: ReadonlyMap<string, string>): string[] {
  const used = new Map<string, Set<string>>();
  const usedAsWhole = new Set<string>();
  for (const [file, text] of sources) {
    for (const [path, names] of importsOf(file, text)) {
      if (names === null) usedAsWhole.add(path);
      for (const name of names ?? []) used.set(path, (used.get(path) ?? new Set()).add(name));
    }
  }
  return [...sources].flatMap(([file, text]) => {
    if (!isSource(file) || entrances.has(file) || usedAsWhole.has(file)) return [];
    const names = exportsOf(text).filter((name) => !used.get(file)?.has(name));
    return names.map((name) => `${file}: ${name}`);
  });
}

test('what only its own file uses is not exported', () => {
  expect(texts.size).toBeGreaterThan(500);
  expect(unusedExports(texts)).toEqual([]);
});

test('an export that no file imports is found, and a re-export is a use', () => {
  const sources = new Map([
    ['src/retry.ts', 'export function one() {}\nexport type Two = 2;\nexport const three = 3;'],
    ['src/app.ts', "import { one, type Four } from './retry';"],
    ['src/server.ts', "export { three as four } from './retry';"],
  ]);
  expect(unusedExports(sources)).toEqual(['src/retry.ts: Two']);
});
