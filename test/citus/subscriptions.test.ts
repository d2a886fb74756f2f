import { setTimeout as pause } from 'node:timers/promises';
import { useClusterServers } from '../cluster/cluster-servers';
import { LedgerClient } from '../faults/ledger-client';
import { Subscriber, socketClient } from '../http/streams/stream-client';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { describeIf } from '../support/needs';
import { distributedDatabases } from './distributed-databases';

const watch = `subscription ($id: ID!) { accountChanged(accountId: $id, after: 0) {
  entry { sequence } account { points } } }`;
const add = `mutation ($id: ID!) { addTransaction(input: { accountId: $id, payer: "DANNON",
  points: 1, timestamp: "2020-11-02T14:00:00Z" }) { errors { code } } }`;
const receivedMsMax = 20_000;

describeIf(citusBinaries() !== null, citusReason)('on Citus,', () => {
  const citus = useCitus();
  const fresh = distributedDatabases(citus);
  const servers = useClusterServers();

  test('subscribers of accounts on other workers receive changes while one worker is down', async () => {
    const url = await fresh();
    const database = new URL(url).pathname.slice(1);
    const [[down], [up]] = (await citus().accountsByWorker(database, 'member', 1)) as [
      [string],
      [string],
    ];
    const [writing, reading] = await Promise.all([
      servers.start(url).origin,
      servers.start(url).origin,
    ]);
    const ledger = new LedgerClient(writing, 4);
    const socket = socketClient(`${reading}/graphql`);
    for (const id of [down, up]) await ledger.read(add, { id });
    const [ofDown, ofUp] = [down, up].map((id) => new Subscriber(socket, watch, { id })) as [
      Subscriber,
      Subscriber,
    ];
    const until = async (holds: () => boolean) => {
      const end = performance.now() + receivedMsMax;
      while (!holds() && performance.now() < end) await pause(20);
    };
    await until(() => ofDown.results.length === 1 && ofUp.results.length === 1);
    await citus().workers[0]!.stop('kill');
    for (let count = 0; count < 3; count += 1) await ledger.read(add, { id: up });
    await until(() => ofUp.results.length === 4);
    expect(ofUp.sequences).toEqual([1, 2, 3, 4]);
    await citus().workers[0]!.start();
    await ledger.read(add, { id: down });
    await until(() => ofDown.results.length === 2);
    expect(ofDown.sequences).toEqual([1, 2]);
    expect([ofUp.end, ofDown.end]).toEqual([null, null]);
    ledger.close();
    await socket.dispose();
  });
});
