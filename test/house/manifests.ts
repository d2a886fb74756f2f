import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

/** Package names to version ranges. */
export type Ranges = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies: Ranges;
  readonly peerDependencies?: Ranges;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly devDependencies: Ranges;
  readonly overrides?: Ranges;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

export const server: Manifest = parsed('package.json');
export const web: Manifest = parsed('web/package.json');

/** The peers without which the package works too. */
export const optionalPeers: ReadonlySet<string> = new Set(
  Object.keys(server.peerDependenciesMeta ?? {}),
);

/** The packages that package-lock.json pins, by path in the project, without the project's own. */
export const locked: ReadonlyMap<string, Locked> = new Map(
  Object.entries(parsed<{ packages: Record<string, Locked> }>('package-lock.json').packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && link !== true,
  ),
);

/** Returns the name of a package that is installed at a path, such as `node_modules/@swc/core`. */
export function nameAt(path: string): string {
  return path.split('node_modules/').at(-1)!;
}

function parsed<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
