import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { builtServer } from '../support/built-server';
import { temporaryFolder } from '../support/temporary-folder';

/** Opens, uses and closes ledgers; prints what has changed on `process`. */
const program = `
  const stateOf = () => JSON.stringify({
    environment: process.env,
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
    keys: Object.keys(process),
  });
  const before = stateOf();
  const { openLedger } = require(process.argv[1]);
  const query = 'mutation { addTransaction(input: { payer: "A", points: 1, ' +
    'timestamp: "2020-01-01T00:00:00Z" }) { errors { code } } }';
  async function use(database) {
    const ledger = await openLedger({ database });
    const { errors } = await ledger.execute({ query });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const { url } = await ledger.listen();
    const response = await fetch(url + 'graphql?query={balances{payer}}', {
      headers: { 'apollo-require-preflight': '1', connection: 'close' },
    });
    if (!response.ok) throw new Error(await response.text());
    await ledger.close();
  }
  use('memory:').then(() => use('file:ledger.db')).then(() => console.log(before === stateOf()));
`;

/** Settings of the server that it could not start with. */
const settings = {
  PORT: 'http',
  HOST: 'a b',
  DATABASE_URL: 'nonsense',
  ALLOWED_HOSTS: '*',
  INTROSPECTION: 'no',
  DEFAULT_ACCOUNT: 'no',
  CORS_ORIGINS: 'nonsense',
  LOG_LEVEL: 'loud',
};

test('a ledger reads no setting, changes nothing on process, and leaves nothing open', () => {
  const index = join(dirname(builtServer()), 'index.js');
  const cwd = temporaryFolder('embed');
  const env = { PATH: process.env.PATH, ...settings };
  const out = execFileSync(process.execPath, ['-e', program, index], {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(out).toBe('true\n');
});
