/** The suites that `npm test` leaves to the scripts of the long forms. */
module.exports = [
  // test:chaos: other builds, clusters, storms.
  'test/chaos/balanced.test.ts',
  'test/chaos/chaos.test.ts',
  'test/chaos/planted.test.ts',
  'test/cluster/api-on-postgres.test.ts',
  'test/cluster/away.test.ts',
  'test/cluster/failover.test.ts',
  'test/cluster/hot-account.test.ts',
  'test/cluster/load-balancers.test.ts',
  'test/cluster/migrating.test.ts',
  'test/cluster/older-server.test.ts',
  'test/cluster/overload.test.ts',
  'test/cluster/subscriptions.test.ts',
  'test/cluster/writes-fail.test.ts',
  // test:citus: a Citus cluster for each suite.
  'test/citus/api.test.ts',
  'test/citus/archive.test.ts',
  'test/citus/distribute.test.ts',
  'test/citus/history.test.ts',
  'test/citus/journal.test.ts',
  'test/citus/outages.test.ts',
  'test/citus/prepared.test.ts',
  'test/citus/scaling.test.ts',
  'test/citus/subscriptions.test.ts',
  // test:crash: full disks, and attacks that each take several servers.
  'test/cli/interrupted.test.ts',
  'test/faults/attacks.test.ts',
  'test/faults/full-disk.test.ts',
  'test/faults/loading.test.ts',
  // test:exhaustive: more rows than a heap holds, 100,000 lots, and packages from the registry.
  'test/web/many.test.ts',
  'test/cli/memory.test.ts',
  'test/package/embedded.test.ts',
  'test/embed/documentation.test.ts',
  'test/package/tarball.test.ts',
];
