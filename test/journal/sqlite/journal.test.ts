import { describeJournal } from '../contract/suite';
import { makeSqliteJournal } from './fixture';

describeJournal('SQLite', makeSqliteJournal);
