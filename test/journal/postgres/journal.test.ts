import { useFreshDatabases } from '../../support/fresh-databases';
import { describeJournal } from '../contract/suite';
import { postgresJournals } from './fixture';

describeJournal('PostgreSQL', postgresJournals(useFreshDatabases()), { hasTurns: true });
