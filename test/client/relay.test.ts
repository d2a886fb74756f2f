import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { temporaryFolder } from '../support/temporary-folder';
import { filesNamed } from './documented-files';

const root = resolve(__dirname, '../..');
const compiler = require.resolve('relay-compiler/cli.js');

let folder: string;
let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
  folder = temporaryFolder('relay');
  mkdirSync(join(folder, 'src'));
  copyFileSync(join(root, 'schema.graphql'), join(folder, 'schema.graphql'));
  const [component] = filesNamed('account-history.tsx', 'tsx');
  const [config] = filesNamed('relay.config.json', 'json5');
  writeFileSync(join(folder, 'src/account-history.tsx'), component!);
  writeFileSync(join(folder, 'relay.config.json'), config!);
  execFileSync(process.execPath, [compiler, 'relay.config.json'], { cwd: folder, stdio: 'pipe' });
});
afterAll(() => server.stop());

const artifacts = () => join(folder, 'src/__generated__');
const artifact = (name: string) => readFileSync(join(artifacts(), `${name}.graphql.ts`), 'utf8');

/** The operation that Relay sends, from a compiled file. */
function operationOf(name: string): string {
  const text = /"text": ("query .*")/.exec(artifact(name))?.[1];
  return JSON.parse(text!);
}

test('relay-compiler compiles the documented fragment, with the types of the scalars', () => {
  expect(readdirSync(artifacts()).sort()).toEqual([
    'accountHistoryPageQuery.graphql.ts',
    'accountHistoryRefetchQuery.graphql.ts',
    'accountHistory_query.graphql.ts',
  ]);
  expect(artifact('accountHistory_query')).toMatch(/readonly points: number;/);
  expect(artifact('accountHistory_query')).toMatch(/readonly recordedAt: string;/);
});

test.each([
  ['accountHistoryPageQuery', { id: 'default' }],
  ['accountHistoryRefetchQuery', { id: 'default', count: 20, cursor: null }],
])('the server executes %s', async (name, variables) => {
  const response = await fetch(server.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: operationOf(name), variables }),
  });
  expect(await response.json()).toEqual({ data: { account: null } });
});
