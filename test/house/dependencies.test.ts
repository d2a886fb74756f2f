import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locked, nameAt, optionalPeers, type Ranges, root, server, web } from './manifests';

const doc = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');

/** Each table of docs/dependencies.md, by its heading, and what it describes. */
const tables: readonly (readonly [heading: string, Ranges])[] = [
  ['Server', server.dependencies],
  ['Peers', server.peerDependencies!],
  ['Console and builds', { ...web.dependencies, ...web.devDependencies }],
  ['Development', server.devDependencies],
  ['Overrides', server.overrides!],
];

interface Row {
  readonly name: string;
  readonly purpose: string;
  readonly version: string;
}

function rowsUnder(heading: string): Row[] {
  const [, section] = doc.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`docs/dependencies.md has no section ${heading}.`);
  const [text] = section.split('\n## ');
  return [...text.matchAll(/^\| `([^`]+)` \| ([^|]*)\|([^|]*)\|?$/gm)].map(
    ([, name, purpose, version]) => ({ name, purpose: purpose.trim(), version: version.trim() }),
  );
}

const isExact = (range: string) => /^\d/.test(range);

describe.each(tables)('docs/dependencies.md, section %s', (heading, ranges) => {
  const rows = rowsUnder(heading);

  test('has one row for each package and no other, in alphabetical order', () => {
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(ranges).sort());
    expect(rows.filter(({ purpose }) => purpose === '')).toEqual([]);
  });

  test('gives the reason for each exact version, and for no version that is not exact', () => {
    const pinned = Object.entries(ranges).filter(([, range]) => isExact(range));
    const explained = rows.filter(({ version }) => version.startsWith('`'));
    const names = explained.map(({ name, version }) => {
      expect(version).toMatch(/^`[^`]+`: ./);
      return [name, version.split('`')[1]];
    });
    expect(names).toEqual(pinned.sort());
  });
});

test('a version is exact or a caret range', () => {
  const ranges = tables.flatMap(([, packages]) => Object.entries(packages));
  expect(ranges.filter(([, range]) => !/^\^?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toEqual([]);
  expect(Object.entries(server.overrides!).filter(([, range]) => !isExact(range))).toEqual([]);
});

test('both package.json files give a package the same range, and one copy is installed', () => {
  const own = { ...server.dependencies, ...server.devDependencies };
  const differing = Object.entries({ ...web.dependencies, ...web.devDependencies }).filter(
    ([name, range]) => name in own && own[name] !== range,
  );
  expect(differing).toEqual([]);
  expect([...locked.keys()].filter((path) => path.startsWith('web/'))).toEqual([]);
});

test('a peer is a development dependency of the same range, or an optional one of its major', () => {
  for (const [name, range] of Object.entries(server.peerDependencies!)) {
    const own = server.devDependencies[name]!;
    const [major] = own.split('.');
    expect([name, optionalPeers.has(name) ? `${major}.0.0` : own]).toEqual([name, range]);
  }
});

test('the server depends on no tool or library of the console', () => {
  const names = Object.keys(server.dependencies);
  const foreign = /^(react|vite|typescript|wouter|rxjs|@apollo\/client|@types\/|@tanstack\/)/;
  expect(names.filter((name) => foreign.test(name))).toEqual([]);
});

test('every package that has an install script is denied to run it, and no other is named', () => {
  const scripted = [...locked].filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const denied = Object.fromEntries(scripted.map(([path]) => [nameAt(path), false]));
  expect(server.allowScripts).toEqual(denied);
});

test('the lock holds the hash of every package that is installed, all of one registry', () => {
  const unchecked = [...locked].filter(
    ([, { integrity, optional }]) => integrity === undefined && optional !== true,
  );
  expect(locked.size).toBeGreaterThan(100);
  expect(unchecked).toEqual([]);
  const elsewhere = [...locked.values()].filter(
    ({ resolved }) => resolved?.startsWith('https://registry.npmjs.org/') === false,
  );
  expect(elsewhere).toEqual([]);
});
