import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtServer } from '../support/built-server';

const startBytesMax = 200_000;

test('the scripts of the first page are less than 200 kB compressed', () => {
  const folder = join(dirname(builtServer()), 'web');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(
    ([, path]) => path,
  );
  const bytes = scripts.map((path) => statSync(join(folder, `${path}.gz`)).size);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(startBytesMax);
});

test('the page refers to no script, style or URL except its own files', () => {
  const page = readFileSync(join(dirname(builtServer()), 'web/index.html'), 'utf8');
  expect(page).not.toMatch(/<style|style=|<script(?![^>]*src="\/assets\/)/);
  expect(page).not.toMatch(/(?:src|href)="(?!\/)/);
});
