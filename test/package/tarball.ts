import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { diskUsage, install, type Packed, run } from './packed';

const bytesMax = 130_000_000;
const rows = 'payer,points,timestamp\nA,10,2020-01-01T00:00:00Z\nB,20,2020-01-02T00:00:00Z\n';

/** Describes what is in a packed tarball, and what runs where nothing else is installed. */
export function describeTarball(packed: () => Packed): void {
  let folder: string;
  let server: ServerProcess;

  beforeAll(async () => {
    folder = install(packed().tarball);
    writeFileSync(join(folder, 'rows.csv'), rows);
    const program = join(folder, 'node_modules/points-ledger/dist/main.js');
    server = spawnServer(program, { DATABASE_URL: 'memory:' });
    await server.origin;
  }, 600_000);

  afterAll(async () => {
    server?.process.kill('SIGTERM');
    await server?.ended;
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  function points(...words: readonly string[]): string {
    return run(folder, join(folder, 'node_modules/.bin/points'), ...words);
  }

  async function statusOf(path: string): Promise<number> {
    return (await fetch((await server.origin) + path)).status;
  }

  test('the tarball holds the built server and console, and nothing else', () => {
    expect(packed().files).toEqual(
      expect.arrayContaining(['dist/main.js', 'dist/cli/points.js', 'dist/web/index.html']),
    );
    const others = packed().files.filter((path) => !path.startsWith('dist/'));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json', 'schema.graphql']);
    expect(packed().files.filter((path) => /test|bench|\.map$/.test(path))).toEqual([]);
    expect(packed().files.filter((path) => /\.[cm]?ts$/.test(path))).toHaveLength(12);
  });

  test('the tarball is built from the present sources only', () => {
    expect(packed().files).not.toContain('dist/stale.js');
  });

  test('the runtime alone takes less than 130 MB', () => {
    expect(diskUsage(folder)).toBeLessThan(bytesMax);
  });

  test('the installed server serves the console and the playground', async () => {
    const page = await (await fetch(`${await server.origin}/`)).text();
    const assets = [...page.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path);
    expect(assets.length).toBeGreaterThan(1);
    for (const path of [...assets, '/playground', '/playground/main.js', '/readyz']) {
      expect([path, await statusOf(path)]).toEqual([path, 200]);
    }
  });

  test('the installed command imports, exports, restores and verifies', async () => {
    const url = `${await server.origin}/graphql`;
    points('import', '--url', url, 'rows.csv');
    points('export', '--url', url, '--output', 'entries.ndjson');
    points('restore', '--database', 'file:restored.db', 'entries.ndjson');
    expect(points('verify', '--database', 'file:restored.db')).toContain('2 entries of 1 account');
  });
}
