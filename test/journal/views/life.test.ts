import { Account } from '../../../src/ledger/account';
import type { Entry } from '../../../src/ledger/entry';
import { LifeScenario } from '../../ledger/life-scenario';
import { longRunMsMax } from '../../model/runs';
import { beginning, freshId } from '../entries';
import { grant, lapse, transactionReversal } from '../life-entries';
import { live } from '../random-life-entries';
import { ruleRows, viewRows } from './life-rows';
import { quoted, type Row, storeKinds, useViewStore } from './store';

const firstSeed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);
const lives = 80;

jest.setTimeout(longRunMsMax);

/** Balances and pending points by payer, without zeros, and all points that are held. */
interface Sums {
  readonly points: object;
  readonly pending: object;
  readonly held: number;
}

function sumsOf(rows: readonly Row[]): Sums {
  const nonZero = (name: string) =>
    Object.fromEntries(rows.map((row) => [row.payer, row[name]]).filter(([, sum]) => sum !== 0));
  const held = rows.reduce((sum, row) => sum + Number(row.held), 0);
  return { points: nonZero('points'), pending: nonZero('pending'), held };
}

/** Replays what was recorded up to an instant, and processes what was due then. */
function stateAt(entries: readonly Entry[], now: number): Sums {
  const scenario = new LifeScenario(new Account(entries[0]!.accountId));
  for (const entry of entries) if (entry.recordedAt <= now) scenario.apply(entry);
  return scenario.at(now, (account) => {
    const payers = [...account.payers.values()].map(({ payer, balance, pending }) => {
      return { payer, points: balance, pending, held: 0 };
    });
    return { ...sumsOf(payers), held: account.held };
  });
}

describe.each(storeKinds())('%s: the views show the recorded books', (kind) => {
  const store = useViewStore(kind);

  test(`of ${lives} random lives, with dates, reversals and holds (LIFE_SEED=${firstSeed})`, async () => {
    const kinds = new Set<string>();
    for (let seed = firstSeed; seed < firstSeed + lives; seed += 1) {
      const accountId = freshId(`life ${seed}`);
      const { pair, entries } = live(seed, accountId);
      await store().journal.append([beginning(...entries)]);
      for (const entry of entries) kinds.add(entry.kind);
      try {
        expect(await viewRows(store(), accountId)).toEqual(ruleRows(pair, entries));
      } catch (error) {
        throw new Error(`LIFE_SEED=${seed}`, { cause: error });
      }
    }
    expect([...kinds].sort()).toEqual([
      'hold',
      'lapse',
      'release',
      'spend',
      'spendReversal',
      'transaction',
      'transactionReversal',
    ]);
  });

  test(`as they were at any instant, summed from movements (LIFE_SEED=${firstSeed})`, async () => {
    for (let seed = firstSeed; seed < firstSeed + 20; seed += 1) {
      const accountId = freshId(`past ${seed}`);
      const { entries } = live(seed, accountId);
      await store().journal.append([beginning(...entries)]);
      const { recordedAt } = entries[Math.floor(entries.length / 2)]!;
      const rows = await store().query(`
        SELECT payer, sum(points) AS points, sum(held) AS held, sum(pending) AS pending
        FROM movement
        WHERE account_id = ${quoted(accountId)} AND at <= '${new Date(recordedAt).toISOString()}'
        GROUP BY payer
      `);
      expect({ seed, ...sumsOf(rows) }).toEqual({ seed, ...stateAt(entries, recordedAt) });
    }
  });

  test('of a pending grant that is taken back in part, and begins', async () => {
    const accountId = freshId('pending');
    const from = 1_750_000_000_500;
    const granted = grant(accountId, 1, { availableFrom: from });
    const reversed = transactionReversal(accountId, 2, 1, { fromLot: 30, points: 30 });
    const begun = lapse(accountId, 3, [
      {
        kind: 'beginning',
        at: from,
        sequence: 1,
        timestamp: granted.timestamp,
        payer: 'DANNON',
        points: 70,
      },
    ]);
    const again = transactionReversal(accountId, 4, 1, {
      recordedAt: from,
      fromLot: 20,
      points: 20,
    });
    const entries = [granted, reversed, { ...begun, recordedAt: from }, again];
    const seen: [balance: unknown, open: number, pending: unknown][] = [];
    for (const count of [1, 2, 3, 4]) {
      const part = `${accountId} ${count}`;
      const first = entries
        .slice(0, count)
        .map((entry) => ({ ...entry, accountId: part, id: freshId() }));
      await store().journal.append([beginning(...first)]);
      const { balance, openLot, pendingLot } = await viewRows(store(), part);
      seen.push([
        balance.map(({ points, pending }) => [points, pending]),
        openLot.length,
        pendingLot.map(({ remaining }) => remaining),
      ]);
    }
    expect(seen).toEqual([
      [[[0, 100]], 0, [100]],
      [[[0, 70]], 0, [70]],
      [[[70, 0]], 1, []],
      [[[50, 0]], 1, []],
    ]);
  });

  test('a lot is due from its instant on, by the clock of the database', async () => {
    const accountId = freshId('due');
    const [past, future] = [Date.now() - 60_000_000, Date.now() + 60_000_000];
    const recordedAt = past - 1;
    const dates = [
      { expiresAt: past },
      { expiresAt: future },
      { availableFrom: past },
      { availableFrom: future },
    ];
    const entries = dates.map((each, index) => ({
      ...grant(accountId, index + 1, each),
      recordedAt,
    }));
    await store().journal.append([beginning(...entries)]);
    const { due } = await viewRows(store(), accountId);
    expect(due.map(({ lot, kind: what }) => [lot, what])).toEqual([
      [1, 'expiry'],
      [3, 'beginning'],
    ]);
  });
});
