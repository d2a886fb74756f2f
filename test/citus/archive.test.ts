import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { exportOf } from '../archive/archives';
import { lifeOf } from '../archive/lives';
import { fillLedger, spendPoints, stateOf } from '../cli/ledger';
import { points } from '../cli/points';
import { useFolder } from '../journal/sqlite/fixture';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { startLedger } from '../support/ledger-server';
import { describeIf } from '../support/needs';
import { distributedDatabases } from './distributed-databases';

const seed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);
const transactions = resolve(__dirname, '../../docs/transactions.csv');

describeIf(citusBinaries() !== null, citusReason)('on Citus,', () => {
  const fresh = distributedDatabases(useCitus());
  const folder = useFolder();
  const run = async (...words: string[]) => {
    const { code, out, errors } = await points(words);
    expect({ words, code, errors }).toMatchObject({ code: 0 });
    return out;
  };

  test('an import, an export, a restore and a verification agree with the server', async () => {
    const [first, second] = [await fresh(), await fresh()];
    const server = await startLedger({ kind: 'postgres', url: first });
    await fillLedger(server.endpoint);
    await run('import', transactions, '--url', server.endpoint);
    expect((await stateOf(server.endpoint, 'member-7'))?.points).toBeGreaterThan(0);
    const text = await run('export', '--database', first);
    expect(await run('export', '--url', server.endpoint)).toBe(text);
    await server.stop();
    await run('verify', '--database', first);

    const path = join(folder(), 'export.ndjson');
    await run('export', '--database', first, '--output', path);
    expect(readFileSync(path, 'utf8')).toBe(text);
    await run('restore', path, '--database', second);
    expect(await run('export', '--database', second)).toBe(text);
    await run('verify', '--database', second);
    const restored = await startLedger({ kind: 'postgres', url: second });
    const again = { accountId: 'é', points: 250, reference: 'r', idempotencyKey: 's' };
    expect(await spendPoints(restored.endpoint, again)).toMatchObject({ replayed: true });
    await restored.stop();
  }, 360_000);

  test(`points that expire, begin and come back are restored, verified, exported and swept (LIFE_SEED=${seed})`, async () => {
    const database = await fresh();
    const journal = new MemoryJournal();
    const future = lifeOf(seed, 200, Date.parse('2100-01-01T00:00:00Z'));
    await journal.append([{ accountId: 'member-1', after: null, entries: future }]);
    const path = join(folder(), 'export.ndjson');
    writeFileSync(path, await exportOf(journal));
    await run('restore', path, '--database', database);
    await run('verify', '--database', database, '--against', path);
    expect(await run('export', '--database', database)).toBe(await exportOf(journal));
    expect(await run('sweep', '--database', database)).toContain('Nothing was due');
  }, 360_000);
});
