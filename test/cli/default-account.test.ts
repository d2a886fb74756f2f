import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../src/embed/ledger';
import { openLedger } from '../../src/embed/open-ledger';
import { useFolder } from '../journal/sqlite/fixture';
import { points } from './points';

const folder = useFolder();
let ledger: Ledger;
let url: string;
beforeAll(async () => {
  ledger = await openLedger({ database: 'memory:', defaultAccount: false, introspection: false });
  url = `${(await ledger.listen()).url}graphql`;
});
afterAll(() => ledger.close());
beforeEach(() => ledger.reset());

const time = '2020-11-02T14:00:00Z';

function importing(name: string, text: string, ...more: readonly string[]) {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return points(['import', path, '--url', url, ...more], { cwd: folder() });
}

async function accounts(): Promise<unknown> {
  const { data } = await ledger.execute({ query: '{ accounts { nodes { id points } } }' });
  return data?.accounts;
}

test.each([
  ['rows.csv', `payer,points,timestamp\nA,1,${time}\nA,x,${time}\n`],
  ['rows.ndjson', `{"payer":"A","points":1,"timestamp":"${time}"}\n`],
])('without a default account, %s that names no account is refused as a whole', async (...file) => {
  const ran = await importing(...file);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.errors).toBe(
    'points: No row of the file names its account, and this ledger has no default account. ' +
      'Nothing was sent. Add a column account_id, or import with --set account_id=… if all rows ' +
      'are for one account.\n',
  );
  expect(await accounts()).toEqual({ nodes: [] });
  expect(await importing(...file, '--set', 'account_id=member')).toMatchObject({ errors: '' });
  expect(await accounts()).toEqual({ nodes: [{ id: 'member', points: 1 }] });
});

test('without a default account, rows that name none are refused among others', async () => {
  const lines = ['"accountId":"a",', '', '"accountId":"default",'].map(
    (account) => `{${account}"payer":"A","points":5,"timestamp":"${time}"}\n`,
  );
  const ran = await importing('mixed.ndjson', lines.join(''));
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.out).toContain('3 of 3 rows in ');
  const refused = JSON.parse(readFileSync(join(folder(), 'mixed.refused.ndjson'), 'utf8'));
  expect(refused.refused).toMatchObject({
    line: 2,
    code: 'INVALID_ACCOUNT',
    reason: 'accountId is missing, and this ledger has no default account.',
  });
  expect(await accounts()).toEqual({
    nodes: [
      { id: 'a', points: 5 },
      { id: 'default', points: 5 },
    ],
  });
});

test('a dry run counts the rows that name no account', async () => {
  const file = ['dry.csv', `payer,points,timestamp\nA,1,${time}\nA,2,${time}\n`] as const;
  const { out } = await importing(...file, '--dry-run');
  expect(out).toContain('2 rows name no account: a ledger adds them to "default", or refuses them');
  const json = await importing(...file, '--dry-run', '--json');
  expect(JSON.parse(json.out)).toMatchObject({ rows: 2, rowsWithoutAccount: 2 });
});
