import fc from 'fast-check';
import type { Command } from '../../../src/ledger/command';
import { instantMax, instantMin } from '../../../src/ledger/instant';
import {
  AddTransactionDocument,
  SpendPointsDocument,
} from '../../../src/operations/generated/operations';
import { BatchingLedgerService } from '../../../src/service/batching-ledger-service';
import { silentLogger } from '../../../src/telemetry/logger';
import { LedgerApi, workedExample } from '../../graphql/ledger-api';
import { add, debit, spend } from '../../ledger/commands';
import { commandOf, type World, worlds } from '../../model/actions';
import { NaiveLedger } from '../../model/naive-ledger';
import { plainCommand } from '../../model/plain';
import { longRunMsMax, often } from '../../model/runs';
import { apiRows, ownIdOf, together, type ViewRows, viewRows } from './rows';
import { storeKinds, useViewStore } from './store';

const most = Number.MAX_SAFE_INTEGER;

/** Names that a query, a JSON text or an object could misinterpret. */
const names = [
  '__proto__',
  "O'Brien",
  '"quoted" \\ %_',
  '😀',
  '\ue000',
  ' A',
  'A',
  'é',
  'e\u0301',
  "'; DROP VIEW balance; --",
  '{"payer":"A"}',
  'null',
];

/** Where the instants of a history begin: the first and last possible ones, and around 1970. */
const beginnings = [instantMin, -500_000, 0, 1_604_138_400_123, instantMax - 1_000_000];

const histories = fc.array(
  fc.record({ world: worlds().map(withNames), beginning: fc.constantFrom(...beginnings) }),
  { minLength: 1, maxLength: 3 },
);

function withNames(world: World): World {
  const actions = world.actions.filter(({ kind }) => kind !== 'malformed');
  return { ...world, actions, payers: world.payers.map((payer, at) => names[at] ?? payer) };
}

/** Returns the commands of a world, its instants moved to a beginning. */
function commandsOf(world: World, beginning: number): Command[] {
  const model = new NaiveLedger('model');
  return world.actions.map((action) => {
    const command = plainCommand(commandOf(action, world, model));
    model.run(command, action.now, 'any');
    if (command.kind === 'spendPoints') return command;
    return { ...command, timestamp: command.timestamp - firstInstantOfWorlds + beginning };
  });
}

const firstInstantOfWorlds = Date.UTC(-1, 11, 31);

describe.each(storeKinds())('%s: the views return what the API returns', (kind) => {
  const store = useViewStore(kind);
  const accountIds: string[] = [];
  let api: LedgerApi;
  let clock = Date.UTC(2026, 2, 2, 10);

  beforeAll(() => {
    const now = () => {
      clock += 1;
      return clock;
    };
    const service = new BatchingLedgerService({
      journal: store().journal,
      logger: silentLogger,
      now,
    });
    api = new LedgerApi(service);
  });

  /** Returns an account that no other test uses. */
  function newAccount(): string {
    const accountId = `member's "no." ${accountIds.length} 😀`;
    accountIds.push(accountId);
    return accountId;
  }

  async function expectSame(accountId: string): Promise<ViewRows> {
    const rows = await viewRows(store(), accountId);
    expect(rows).toEqual(await apiRows(api, accountId));
    return rows;
  }

  async function accept(accountId: string, ...commands: Command[]): Promise<void> {
    const [result] = await api.service.run([{ accountId, commands, view: () => null }]);
    expect(result?.outcomes.map((outcome) => outcome.kind)).toEqual(commands.map(() => 'accepted'));
  }

  test(
    'of random histories, arriving in any order',
    async () => {
      const property = fc.asyncProperty(histories, async (drawn) => {
        const jobs = drawn.map(({ world, beginning }) => ({
          accountId: newAccount(),
          commands: commandsOf(world, beginning),
          view: () => null,
        }));
        await api.service.run(jobs);
        for (const { accountId } of jobs) await expectSame(accountId);
      });
      await fc.assert(property, often(40));
    },
    longRunMsMax,
  );

  test('of the worked example', async () => {
    const accountId = newAccount();
    for (const input of workedExample) {
      await api.run(AddTransactionDocument, { input: { ...input, accountId } });
    }
    const input = { accountId, points: 5000, reference: 'order 1' };
    const { spendPoints } = await api.run(SpendPointsDocument, { input });
    const { balance, allocation } = await expectSame(accountId);
    expect(balance.map(({ payer, points }) => [payer, points])).toEqual([
      ['DANNON', 1000],
      ['MILLER COORS', 5300],
      ['UNILEVER', 0],
    ]);
    expect(allocation).toHaveLength(3);
    expect(allocation).toContainEqual({
      account_id: accountId,
      spend_sequence: 6,
      spend_id: ownIdOf(spendPoints?.spend?.id ?? ''),
      spent_at: spendPoints?.spend?.recordedAt,
      spend_reference: 'order 1',
      lot_sequence: 5,
      payer: 'DANNON',
      earned_at: '2020-10-31T10:00:00.000Z',
      points: 100,
    });
  });

  test('of debits that float to older lots, wholly and in part', async () => {
    const accountId = newAccount();
    const remaining = async () =>
      (await expectSame(accountId)).openLot.map((lot) => [lot.sequence, lot.remaining]);
    await accept(
      accountId,
      add('A', 100, 10),
      add('B', 100, 10),
      add('A', 50, 10),
      debit('A', 120),
    );
    expect(await remaining()).toEqual([
      [2, 100],
      [3, 30],
    ]);
    await accept(accountId, add('A', 100, 5, { reference: 'late' }));
    expect(await remaining()).toEqual([
      [1, 80],
      [2, 100],
      [3, 50],
    ]);
    await accept(accountId, spend(100), debit('A', 50));
    expect(await remaining()).toEqual([[2, 80]]);
    await accept(accountId, spend(80));
    expect(await remaining()).toEqual([]);
    const { balance } = await viewRows(store(), accountId);
    expect(balance.map(({ points }) => points)).toEqual([0, 0]);
  });

  test('of an unknown account', async () => {
    expect(await expectSame('nobody')).toEqual({ balance: [], openLot: [], allocation: [] });
  });

  test('of all accounts at once', async () => {
    for (const points of [3, 5]) await accept(newAccount(), add('A', points, 1), spend(2));
    const all = await Promise.all(accountIds.map((accountId) => apiRows(api, accountId)));
    expect(await viewRows(store())).toEqual(together(all));
  });

  test('of amounts whose sums over the history pass 2^63', async () => {
    const accountId = 'rich';
    const commands = Array.from({ length: 1_100 }, () => [add('A', most, 0), spend(most)]).flat();
    await accept(accountId, ...commands);
    const { balance, openLot, allocation } = await viewRows(store(), accountId);
    expect(balance).toEqual([
      { account_id: accountId, payer: 'A', points: 0, held: 0, pending: 0 },
    ]);
    expect(openLot).toEqual([]);
    expect(allocation.map(({ points }) => points)).toEqual(Array(1_100).fill(most));
  });
});
