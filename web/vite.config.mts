import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const server = 'http://127.0.0.1:4000';

// With another value, such as a test's, the build would contain React's development checks.
if (process.argv.includes('build')) process.env.NODE_ENV = 'production';

/** Builds the console to `dist/web`, from where the server serves it. */
export default defineConfig({
  root,
  // The default is web/node_modules, which would count as a changed source of the build.
  cacheDir: join(root, '../node_modules/.vite'),
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: join(root, '../dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // The Content-Security-Policy allows no inline script or style, and data: for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // test/web/bundle.test.ts limits the compressed size instead.
    chunkSizeWarningLimit: 600,
  },
  plugins: [compressed()],
  // Code shared with the server is outside of this folder.
  server: {
    fs: { allow: [join(root, '..')] },
    proxy: { '/graphql': { target: server, ws: true }, '/playground': server },
  },
});

const compressedNames = /\.(js|css|svg)$/;

/** Writes a .br and a .gz file for each asset, so that the server need not compress. */
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
  // The best quality takes ten times as long for 5 % less, at every first start.
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY - 2 };
  const [br, gz] = [
    await promisify(brotliCompress)(bytes, { params }),
    await promisify(gzip)(bytes, { level: 9 }),
  ];
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}
