import { KeyTable } from '../../src/auth/keys/key-table';
import { distributeTables } from '../../src/journal/postgres/distribute';
import { newKey } from '../auth/key-records';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { describeIf } from '../support/needs';

describeIf(citusBinaries() !== null, citusReason)('the keys of a distributed ledger', () => {
  const citus = useCitus();
  const kindIn = (name: string) =>
    citus().coordinator.query(
      "SELECT partmethod::text AS kind FROM pg_dist_partition WHERE logicalrelid::text = 'api_key'",
      name,
    );

  test('are a reference table, created, listed and revoked as on one server', async () => {
    const url = await citus().createDatabase('keys_new');
    await distributeTables(url, () => {});
    const store = new KeyTable(url);
    const { record } = newKey('app');
    expect(await store.create(record)).toBe(true);
    expect(await kindIn('keys_new')).toEqual([{ kind: 'n' }]);
    expect(await store.create(newKey('app').record)).toBe(false);
    expect(await store.revoke('app', 1_700_000_000_001)).toBe(true);
    expect((await store.read()).records).toEqual([{ ...record, revokedAt: 1_700_000_000_001 }]);
    await store.close();
  });

  test('become a reference table with `points distribute`, if they were created before', async () => {
    const url = await citus().createDatabase('keys_old');
    await citus().coordinator.query('CREATE TABLE api_key (name text PRIMARY KEY)', 'keys_old');
    expect(await kindIn('keys_old')).toEqual([]);
    for (let time = 0; time < 2; time += 1) await distributeTables(url, () => {});
    expect(await kindIn('keys_old')).toEqual([{ kind: 'n' }]);
  });
});
