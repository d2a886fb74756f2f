import { useFreshDatabases } from '../support/fresh-databases';
import { describeJournal } from './contract';
import { postgresJournals } from './postgres-fixture';

describeJournal('PostgreSQL', postgresJournals(useFreshDatabases()));
