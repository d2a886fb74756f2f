/**
 * Makes the command executable: the compiler writes no executable files, and npm runs only those.
 */
const { chmodSync } = require('node:fs');
const { join } = require('node:path');
const { bin } = require('../package.json');

for (const path of Object.values(bin)) chmodSync(join(__dirname, '..', path), 0o755);
