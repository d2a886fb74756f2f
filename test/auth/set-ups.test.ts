import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { pointsProgram } from '../cli/points';
import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { builtServer } from '../support/built-server';
import { testIf } from '../support/needs';
import { temporaryFolder } from '../support/temporary-folder';
import { Issuer, newIssuerKey } from './issuer';

const root = resolve(__dirname, '../..');
const text = readFileSync(join(root, 'docs/security.md'), 'utf8');

const hasPrograms = ['curl', 'jq'].every((it) => spawnSync(it, ['--version']).status === 0);
const testWithPrograms = testIf(hasPrograms, 'set-up tests: no curl or jq; apt install curl jq');

/** The commands of a set-up: those that begin the server, and those of its clients. */
function blocksOf(heading: string): readonly [server: string, clients: string] {
  const from = text.indexOf(`**${heading}**`, text.indexOf('## Set-ups'));
  const blocks = [...text.slice(from).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, it]) => it!);
  const [server = '', clients = ''] = blocks;
  expect(server).toMatch(/^npm start$/m);
  return [server.replace(/^npm start$/m, 'exec npm start'), clients];
}

/** A folder as that of a user: with `npx points` and `npm start` of the present sources. */
function folderOfUser(): { cwd: string; env: NodeJS.ProcessEnv } {
  const cwd = temporaryFolder('set-up');
  const bin = join(cwd, 'bin');
  mkdirSync(bin);
  const program = (name: string, line: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program(
    'npx',
    `[ "$1" = points ] && shift && exec "${process.execPath}" "${pointsProgram()}" "$@"`,
  );
  program('npm', `[ "$1" = start ] && exec "${process.execPath}" "${builtServer()}"`);
  cpSync(join(root, 'docs/transactions.csv'), join(cwd, 'docs/transactions.csv'));
  const { DATABASE_URL: _, ...env } = process.env;
  return { cwd, env: { ...env, PATH: `${bin}:${process.env.PATH}` } };
}

let issuer: Issuer;
let server: ServerProcess | null = null;
beforeAll(async () => {
  const claims = { shop: {}, member: { account: 'member-7' } };
  issuer = await Issuer.start([await newIssuerKey('ES256', 'one')], { claims });
});
afterEach(async () => {
  server?.process.kill();
  await server?.ended;
});
afterAll(() => issuer.stop());

/** Runs the documented commands, with the addresses and passwords of this test. */
async function follow(heading: string): Promise<string> {
  const [begin, clients] = blocksOf(heading);
  const { cwd, env } = folderOfUser();
  const here = (commands: string) => commands.replaceAll('https://id.example.com', issuer.url);
  const words = ['sh', '-ec', `cd ${cwd}\n${here(begin)}`];
  server = spawnServer('', { ...(env as Record<string, string>), PORT: '0' }, words);
  const origin = await server.origin;
  const run = here(clients)
    .replaceAll('http://127.0.0.1:4000', origin)
    .replaceAll('npx points import', `npx points import --url ${origin}/graphql`)
    .replaceAll(/(\w+):PASSWORD/g, "'$1:secret+of+the+$1'");
  const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', run], { cwd, env });
  return stdout + stderr;
}

testWithPrograms('the set-up of a program with a key works as documented', async () => {
  const output = await follow('A program with a key.');
  expect(output).toContain(
    '{"data":{"principal":{"name":"shop","scopes":["points:read","points:write"]}}}',
  );
  expect(output).toMatch(/[1-9]\d* added/);
});

testWithPrograms('the set-up of an identity provider works as documented', async () => {
  expect(await follow('An identity provider.')).toMatch(/[1-9]\d* added/);
});

testWithPrograms("the set-up of a member's app works as documented", async () => {
  const output = await follow("A member's app.");
  expect(output).toMatch(/\{"data":\{"account":\{"points":\d+\}\}\}/);
});
