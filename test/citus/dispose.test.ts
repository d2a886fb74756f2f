import { CitusCluster, citusBinaries, citusReason } from '../support/citus-cluster';
import { testIf } from '../support/needs';

const testOnCitus = testIf(citusBinaries() !== null, citusReason);

testOnCitus('a cluster is disposed of in whatever state a failed test left it', async () => {
  const cluster = await CitusCluster.start();
  const [first, second] = cluster.workers;
  first!.freeze(true);
  await second!.stop('kill');
  await cluster.dispose();
  expect(cluster.nodes.map(({ isRunning }) => isRunning)).toEqual([false, false, false]);
});

testOnCitus('a cluster that does not start is disposed of', async () => {
  await expect(CitusCluster.start({ max_connections: 'none' })).rejects.toThrow('does not start');
});
