import { readFileSync } from 'node:fs';
import { complaintsOf } from './checker';
import { Evidence } from './evidence';
import { readJournalFile } from './journal-file';
import { LedgerClient } from './ledger-client';
import { Load } from './load';
import { testWithFailingCalls, withFailingSyncs } from './machine';
import { Witness } from './requests';
import { killServer, useServers } from './servers';

const servers = useServers();

testWithFailingCalls(
  'a write that the disk does not confirm is written again before the response',
  async () => {
    const path = servers.newPath();
    const trace = `${path}.trace`;
    const server = servers.start(path, withFailingSyncs(trace, 12, 14));
    const evidence = new Evidence();
    const witness = new Witness(new LedgerClient(await server.origin, 32), evidence, 1);
    const load = new Load({ witness, accounts: ['a', 'b'], name: 'unconfirmed', seed: 1 });
    const running = load.run();
    await load.untilResponses(300);
    load.stop();
    await running;
    expect(readFileSync(trace, 'utf8').match(/INJECTED/g)).toHaveLength(3);
    const kinds = new Set(evidence.attempts.map(({ result }) => result.kind));
    expect([...kinds].toSorted()).toEqual(['accepted', 'refused']);
    await killServer(server);
    const heir = new Witness(new LedgerClient(await servers.start(path).origin), evidence, 2);
    for (const accountId of ['a', 'b']) await heir.look(accountId);
    expect(complaintsOf(evidence, readJournalFile(path))).toEqual([]);
  },
);
