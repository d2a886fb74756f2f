import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { RestoreMark } from '../../src/journal/postgres/restore-mark';
import { exportOfAll, histories, restoreWithKills, WatchedDatabase } from '../cli/killed-restores';
import { points, startPoints } from '../cli/points';
import { useFolder } from '../journal/sqlite/fixture';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { startLedger } from '../support/ledger-server';
import { describeIf } from '../support/needs';
import { distributedDatabases } from './distributed-databases';

const seed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);
const accounts = 16;
/** A run may give up while a worker recovers; the next one goes on. */
const runsMax = 10;

describeIf(citusBinaries() !== null, citusReason)('on Citus,', () => {
  const citus = useCitus();
  const fresh = distributedDatabases(citus);
  const folder = useFolder();
  let text = '';
  let path = '';
  beforeAll(async () => {
    text = await exportOfAll(histories(seed, accounts));
  });
  beforeEach(() => {
    path = join(folder(), 'export.ndjson');
    writeFileSync(path, text);
  });

  async function expectRestored(url: string): Promise<void> {
    expect(await points(['export', '--database', url])).toMatchObject({ errors: '', out: text });
    const verified = await points(['verify', '--database', url, '--against', path]);
    expect(verified).toMatchObject({ code: 0, errors: '' });
    const server = await startLedger({ kind: 'postgres', url });
    await server.stop();
  }

  test(`a restore that is killed at many points is completed (LIFE_SEED=${seed})`, async () => {
    const watched = await WatchedDatabase.open(await fresh());
    const { ran, stored } = await restoreWithKills(path, watched);
    await watched.close();
    expect(ran).toMatchObject({ code: 0, errors: '' });
    expect(stored.length).toBeGreaterThan(0);
    await expectRestored(watched.url);
  });

  test.each([0, 1, 2])(
    `a restore that is killed after node %d crashed is completed (LIFE_SEED=${seed})`,
    async (number) => {
      const url = await fresh();
      const watched = await WatchedDatabase.open(url);
      const words = ['restore', path, '--database', url];
      const running = startPoints(words);
      while ((await watched.entries()) === 0) await pause(2);
      const node = citus().nodes[number]!;
      await node.stop('kill');
      running.process.kill('SIGKILL');
      await running.ended;
      await watched.close().catch(() => {});
      await node.start();
      await expect(startLedger({ kind: 'postgres', url })).rejects.toThrow('entries are missing');
      let ran = await points(words);
      for (let runs = 1; ran.code !== 0 && runs < runsMax; runs += 1) ran = await points(words);
      expect(ran).toMatchObject({ code: 0, errors: '' });
      await expectRestored(url);
    },
  );

  test('a server starts while a worker is down, but not on an incomplete ledger', async () => {
    const url = await fresh();
    await (await PostgresJournal.open(url)).close();
    const mark = new RestoreMark(url);
    const start = async () => (await startLedger({ kind: 'postgres', url })).stop();
    for (const isMarked of [false, true]) {
      if (isMarked) await mark.set();
      for (const worker of citus().workers) {
        await worker.stop('kill');
        if (isMarked) await expect(start()).rejects.toThrow('entries are missing');
        else await start();
        await worker.start();
      }
    }
    const other = new RestoreMark(url);
    await other.remove();
    await expect(start()).rejects.toThrow('entries are missing');
    await mark.remove();
    await start();
    await Promise.all([mark.close(), other.close()]);
  });

  test('a store that holds anything else is refused unchanged', async () => {
    const url = await fresh();
    expect(await points(['restore', path, '--database', url])).toMatchObject({ code: 0 });
    const other = join(folder(), 'other.ndjson');
    writeFileSync(other, await exportOfAll(histories(seed, accounts - 1)));
    const refused = await points(['restore', other, '--database', url]);
    expect(refused).toMatchObject({ code: 3, out: '' });
    expect(refused.errors).toContain('account "member-0015" is not in the export');
    await expectRestored(url);
  });
});
