import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { optionalPeers, type Ranges, root, server, web } from './manifests';

const builtin = new Set(builtinModules);

interface Import {
  readonly file: string;
  readonly name: string;
  /** True if the compiler drops the import, so that nothing is loaded at run time. */
  readonly isType: boolean;
}

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|mts)$/.test(file));

function importsUnder(...folders: readonly string[]): Import[] {
  return files.filter((file) => folders.some((folder) => file.startsWith(folder))).flatMap(imports);
}

/** Matches statements only, since tests hold queries and other sources in their texts. */
function imports(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export) (?:(type) )?(?:[^'";]*? from )?'([^'.][^']*)'/gm,
  );
  return [...statements]
    .map(([, type, path]) => ({ file, name: packageOf(path), isType: type !== undefined }))
    .filter(({ name }) => !name.startsWith('node:') && !builtin.has(name));
}

function packageOf(path: string): string {
  const [first, second] = path.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** What every program has that installs the package. */
const runtime: Ranges = Object.fromEntries(
  Object.entries({ ...server.dependencies, ...server.peerDependencies }).filter(
    ([name]) => !optionalPeers.has(name),
  ),
);
const serverBuild = { ...runtime, ...web.dependencies };

test('every package that the server loads is in its dependencies', () => {
  const loaded = importsUnder('src/').filter(({ isType }) => !isType);
  expect(loaded.length).toBeGreaterThan(50);
  expect(loaded.filter(({ name }) => !(name in runtime))).toEqual([]);
});

test("the server's dependencies are loaded, or required by one as a peer", () => {
  const loaded = new Set(importsUnder('src/').map(({ name }) => name));
  const peers = ['graphql-scalars'];
  const names = Object.keys(runtime).filter((name) => !peers.includes(name));
  expect(names.filter((name) => !loaded.has(name))).toEqual([]);
});

test("the types that the server's build needs are installed without devDependencies", () => {
  const missing = importsUnder('src/').filter(({ name }) => !(name in serverBuild));
  expect(missing).toEqual([]);
});

test('every package that the console imports is in its own package.json', () => {
  const imported = importsUnder('web/');
  expect(imported.length).toBeGreaterThan(20);
  expect(imported.filter(({ name }) => !(name in web.dependencies))).toEqual([]);
});

test('every package that tests and benchmarks import is in a package.json', () => {
  const all = { ...serverBuild, ...server.devDependencies };
  const imported = importsUnder('test/', 'bench/');
  expect(imported.filter(({ name }) => !(name in all))).toEqual([]);
});
