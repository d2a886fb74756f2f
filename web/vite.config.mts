import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const server = 'http://127.0.0.1:4000';

// A shell that says otherwise, as a test's, would put React's checks for developers into the build.
if (process.argv.includes('build')) process.env.NODE_ENV = 'production';

/** The console: built to `dist/web`, where the server finds it beside its own program. */
export default defineConfig({
  root,
  // The default, a node_modules beside package.json, would count as a changed source of the build.
  cacheDir: join(root, '../node_modules/.vite'),
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: join(root, '../dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // The page's policy allows no inline script or style and no data: beside images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The bound is on what travels: test/web/bundle.test.ts.
    chunkSizeWarningLimit: 600,
  },
  plugins: [compressed()],
  // What is shared with the server lies outside of this folder.
  server: {
    fs: { allow: [join(root, '..')] },
    proxy: { '/graphql': { target: server, ws: true }, '/playground': server },
  },
});

const compressedNames = /\.(js|css|svg)$/;

/** Lays a .br and a .gz beside each asset, so that the server compresses nothing itself. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir }) {
      const folder = join(dir!, 'assets');
      const names = (await readdir(folder)).filter((name) => compressedNames.test(name));
      await Promise.all(names.map((name) => compress(join(folder, name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  // The best takes ten times as long, at every first start, for a twentieth less.
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY - 2 };
  const [br, gz] = [
    await promisify(brotliCompress)(bytes, { params }),
    await promisify(gzip)(bytes, { level: 9 }),
  ];
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}
