const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Loads all modules of a build and starts its server, so that they are compiled, and exits.
 *
 * Call it as `node load-all.js <folder of the build>`.
 */
async function loadAll(folder) {
  const programs = ['main.js', join('cli', 'points.js')];
  for (const name of readdirSync(folder, { recursive: true })) {
    const isModule = name.endsWith('.js') && !name.startsWith('web') && !programs.includes(name);
    if (isModule) require(join(folder, name));
  }
  const { serve } = require(join(folder, 'server.js'));
  await serve({ PORT: '0', DATABASE_URL: 'memory:' });
  process.exit(0);
}

void loadAll(process.argv[2]);
