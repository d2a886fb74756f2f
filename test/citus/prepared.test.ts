import { Client } from 'pg';
import { entryColumns, rowOf } from '../../src/journal/entry-row';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { settleAppend } from '../../src/service/batches/settled-append';
import { beginning, following, freshId, run } from '../journal/entries';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { describeIf } from '../support/needs';
import { distributedDatabases } from './distributed-databases';

const limits = { lockMsMax: 400 };
const patience = {
  settleMsMax: 2_000,
  wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};

describeIf(citusBinaries() !== null, citusReason)('on Citus, a prepared transaction', () => {
  // Citus resolves nothing by itself, so that the test decides when.
  const citus = useCitus({ 'citus.recover_2pc_interval': -1 });
  const fresh = distributedDatabases(citus);

  test.each(['committed', 'rolled back'])(
    'that a crash left makes the outcome unknown until it is %s',
    async (outcome) => {
      const url = await fresh();
      const database = new URL(url).pathname.slice(1);
      const { coordinator, workers } = citus();
      const admin = new Client({ connectionString: url });
      admin.on('error', () => {});
      await admin.connect();
      const journal = await PostgresJournal.open(url, { limits });
      const [first, second] = run(freshId('account'), 1, 2) as [never, never];
      const { accountId } = first as { accountId: string };
      await journal.append([beginning(first)]);
      const append = following(first, second);

      // What a crash of the coordinator leaves on the worker between the two phases.
      const [{ shard, port }] = (
        await admin.query(
          `SELECT shardid::int AS shard, nodeport::int AS port FROM pg_dist_shard_placement
           WHERE shardid = get_shard_id_for_distribution_column('entry', $1::text)`,
          [accountId],
        )
      ).rows;
      const worker = workers.find((each) => each.port === port)!;
      const gid = `citus_0_${process.pid}_${shard}_0`;
      const left = new Client({ connectionString: worker.url(database) });
      await left.connect();
      await left.query('BEGIN');
      const places = entryColumns.map((_column, index) => `$${index + 1}`).join(', ');
      const columns = entryColumns.join(', ');
      await left.query(`INSERT INTO entry_${shard} (${columns}) VALUES (${places})`, [
        ...rowOf(second),
      ]);
      await left.query(`PREPARE TRANSACTION '${gid}'`);
      await left.end();

      await expect(journal.append([append])).rejects.toMatchObject({
        name: 'AppendOutcomeUnknown',
        isPartial: true,
      });
      await expect(settleAppend(journal, [append], patience)).rejects.toMatchObject({
        code: 'OUTCOME_UNKNOWN',
      });
      if (outcome === 'committed') {
        await admin.query(
          'INSERT INTO pg_dist_transaction (groupid, gid) SELECT groupid, $2 FROM pg_dist_node WHERE nodeport = $1',
          [port, gid],
        );
      }
      await coordinator.query('SELECT recover_prepared_transactions()', database);
      const settling = { ...patience, settleMsMax: 20_000 };
      expect(await settleAppend(journal, [append], settling)).toEqual(['appended']);
      expect(await journal.idsAt([{ accountId, sequence: 2 }])).toEqual([
        (second as { id: string }).id,
      ]);
      await journal.close();
      await admin.end();
    },
  );
});
