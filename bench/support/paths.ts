import { join } from 'node:path';

/** Seen from `bench/dist/bench/support`, where this file is compiled to. */
export const projectRoot = join(__dirname, '..', '..', '..', '..');

/** The server as it is shipped. */
export const serverScript = join(projectRoot, 'dist', 'main.js');
