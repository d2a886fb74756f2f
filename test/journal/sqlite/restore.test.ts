import Database from 'libsql';
import { restoreSqlite } from '../../../src/journal/sqlite/restore';
import { beginning } from '../entries';
import { expiryRow, grant, lapse } from '../life-entries';
import { useFolder } from './fixture';

const folder = useFolder();

test('a restored ledger has the lapse rows of its entries', async () => {
  const path = `${folder()}/ledger.db`;
  const entries = [grant('a', 1, { expiresAt: 5 }), lapse('a', 2, [expiryRow(1), expiryRow(1, 4)])];
  await restoreSqlite(path, async (journal) => {
    await journal.append([beginning(...entries)]);
  });
  const database = new Database(path);
  const rows = database.prepare('SELECT sequence, number, expired_total FROM lapse_row').all();
  expect(rows).toEqual([
    { sequence: 2, number: 1, expired_total: 3 },
    { sequence: 2, number: 2, expired_total: 4 },
  ]);
  database.close();
});
