import { describeJournal } from './contract';
import { makeSqliteJournal } from './sqlite-fixture';

describeJournal('SQLite', makeSqliteJournal);
