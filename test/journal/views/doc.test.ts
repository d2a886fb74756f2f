import type { Command } from '../../../src/ledger/command';
import { BatchingLedgerService } from '../../../src/service/batching-ledger-service';
import { silentLogger } from '../../../src/telemetry/logger';
import { workedExample } from '../../graphql/ledger-api';
import { add, debit, spend } from '../../ledger/commands';
import { questionsOf, sectionOf, sqlDocument } from './questions';
import { storeKinds, useViewStore } from './store';

const text = sqlDocument;
const section = sectionOf('Five questions');
const questions = questionsOf(section);

test('every question of the section is tested here', () => {
  expect(questions).toHaveLength(5);
  expect(section.match(/^### /gm)).toHaveLength(5);
});

describe.each(storeKinds())('%s returns what docs/sql.md says:', (kind) => {
  const store = useViewStore(kind);

  beforeAll(async () => {
    let now = 0;
    const service = new BatchingLedgerService({
      journal: store().journal,
      logger: silentLogger,
      now: () => now,
    });
    const record = async (day: string, accountId: string, ...commands: Command[]) => {
      now = Date.parse(`${day} UTC`);
      const [result] = await service.run([{ accountId, commands, view: () => null }]);
      for (const { kind: outcome } of result!.outcomes) expect(outcome).toBe('accepted');
    };
    const example = workedExample.map(({ payer, points, timestamp }) =>
      add(payer, points, Date.parse(timestamp)),
    );
    await record('2 March 2026', 'default', ...example, spend(5000, { reference: 'order-17' }));
    const christmasEve = Date.parse('24 December 2025 UTC');
    await record('3 March 2026', 'anna', add('UNILEVER', 80, christmasEve), debit('UNILEVER', 20));
    await record('1 April 2026', 'anna', spend(30, { reference: 'order-18' }));
  });

  test.each(questions)('$heading', async ({ statement, result }) => {
    const rows = await store().query(statement);
    const cells = rows.map((row) => Object.values(row).map(String));
    expect([Object.keys(rows[0] ?? {}), ...cells]).toEqual(result);
  });

  const views = [
    'balance',
    'open_lot',
    'allocation',
    'pending_lot',
    'hold',
    'lapse',
    'due',
    'movement',
  ];

  test.each(views)('the columns of %s', async (view) => {
    const described = text.split(`**\`${view}\`**`)[1]?.split('\n\n**')[0] ?? '';
    const columns = [...described.matchAll(/^\| `(\w+)`/gm)].map(([, column]) => column);
    expect(await store().columnsOf(view)).toEqual(columns);
  });
});

describe('PostgreSQL, in a database of any locale,', () => {
  const store = useViewStore('PostgreSQL');

  test('orders accounts and payers by code point', async () => {
    const collations = await store().query(`
      SELECT table_name, column_name, collation_name FROM information_schema.columns
      WHERE table_name IN ('balance', 'open_lot', 'allocation', 'pending_lot', 'hold', 'lapse', 'due',
        'movement')
        AND column_name IN ('account_id', 'payer')
    `);
    expect(collations.map((row) => row.collation_name)).toEqual(Array(15).fill('C'));
  });
});
