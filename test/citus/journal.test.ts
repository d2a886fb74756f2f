import { describeJournal } from '../journal/contract/suite';
import { postgresJournals } from '../journal/postgres/fixture';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { describeIf } from '../support/needs';
import { distributedDatabases } from './distributed-databases';

const modelRuns = 8;

describeIf(citusBinaries() !== null, citusReason)('distributed by account,', () => {
  const fresh = distributedDatabases(useCitus());
  describeJournal('Citus', postgresJournals(fresh), { modelRuns, hasTurns: true });
});
