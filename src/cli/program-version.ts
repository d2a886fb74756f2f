import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** As the package's manifest says; it lies above, wherever the program was built to. */
export function programVersion(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) {
    folder = dirname(folder);
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return version as string;
}
