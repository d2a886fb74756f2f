import { Pooler, withPooler } from '../../support/pooler';
import { usePostgres } from '../../support/postgres-server';
import { describeJournal } from '../contract/suite';
import { postgresJournal } from './fixture';

const postgres = usePostgres();

/** Nothing may rely on the session: each transaction may get another server connection. */
withPooler('through a pooler in transaction mode', () => {
  let pooler: Pooler;
  beforeAll(async () => {
    pooler = await Pooler.start(postgres());
    await postgres().createDatabase('pooled');
  });
  afterAll(() => pooler.stop());

  describeJournal('PgBouncer', () => postgresJournal(pooler.url('pooled')), { hasTurns: true });
});
