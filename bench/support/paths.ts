import { join } from 'node:path';

/** From `bench/dist/bench/support`, to which this file is compiled. */
export const projectRoot = join(__dirname, '..', '..', '..', '..');

/** The server as it is shipped. */
export const serverScript = join(projectRoot, 'dist', 'main.js');
