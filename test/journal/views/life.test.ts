import type { Entry } from '../../../src/ledger/entry';
import { expiriesOf } from '../../../src/ledger/target';
import { LifePair } from '../../model/life-pair';
import { RandomLife, tempers } from '../../model/random-life';
import { longRunMsMax } from '../../model/runs';
import { beginning, freshId } from '../entries';
import { grant, lapse, transactionReversal } from '../life-entries';
import { quoted, type Row, storeKinds, useViewStore, type ViewStore } from './store';

const firstSeed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);
const lives = 80;
const stepsPerLife = 60;

jest.setTimeout(longRunMsMax);

/** The rows of the views of an account, without its name. */
interface LifeRows {
  readonly balance: readonly Row[];
  readonly openLot: readonly Row[];
  readonly pendingLot: readonly Row[];
  readonly lapse: readonly Row[];
  readonly due: readonly Row[];
}

/** Returns the rows in the order of the rule, which no view guarantees. */
async function viewRows(store: ViewStore, accountId: string): Promise<LifeRows> {
  const rows = async (view: string, columns: string, order: string) =>
    store.query(
      `SELECT ${columns} FROM ${view} WHERE account_id = ${quoted(accountId)} ORDER BY ${order}`,
    );
  const lot = 'sequence, id, payer, earned_at, reference, points, remaining';
  return {
    balance: await rows('balance', 'payer, points, held, pending', 'payer'),
    openLot: await rows('open_lot', `spend_order, ${lot}, expires_at`, 'spend_order'),
    pendingLot: await rows('pending_lot', `${lot}, available_from, expires_at`, 'sequence'),
    lapse: await rows('lapse', 'payer, lot, at, expired, settled', 'lot, at, expired, settled'),
    due: await rows('due', 'at, kind, payer, lot, points', 'lot'),
  };
}

/** Returns the same from the rule's state after the recorded entries. */
function ruleRows({ model }: LifePair, entries: readonly Entry[]): LifeRows {
  const { books } = model;
  const unspent = books.lots.filter((lot) => lot.unspent > 0);
  const pending = books.pendingByPayer();
  const granted = (sequence: number, remaining: number) => {
    const entry = entries[sequence - 1];
    if (entry?.kind !== 'transaction') throw new Error(`${sequence} is no transaction`);
    const { id, payer, timestamp, reference, points } = entry;
    return { sequence, id, payer, earned_at: instant(timestamp), reference, points, remaining };
  };
  return {
    balance: books
      .balances()
      .map(({ payer, points }) => {
        const later = pending.find((each) => each.payer === payer);
        return { payer, points, held: 0, pending: later?.points ?? 0 };
      })
      .sort((left, right) => (left.payer < right.payer ? -1 : 1)),
    openLot: books.openLots().map(({ sequence, remaining, expiresAt }, index) => ({
      spend_order: index + 1,
      ...granted(sequence, remaining),
      expires_at: instantOrNull(expiresAt),
    })),
    pendingLot: unspent
      .filter(({ isPending }) => isPending)
      .sort((left, right) => left.sequence - right.sequence)
      .map((lot) => ({
        ...granted(lot.sequence, lot.unspent),
        available_from: instantOrNull(lot.from),
        expires_at: instantOrNull(lot.expiresAt),
      })),
    lapse: entries
      .flatMap(expiriesOf)
      .sort(
        (a, b) =>
          a.sequence - b.sequence || a.at - b.at || a.expired - b.expired || a.settled - b.settled,
      )
      .map(({ payer, sequence, at, expired, settled }) => ({
        ...{ payer, lot: sequence, at: instant(at), expired, settled },
      })),
    // All dates of random lives are in 1970.
    due: unspent
      .filter((lot) => lot.isPending || lot.expiresAt !== undefined)
      .sort((left, right) => left.sequence - right.sequence)
      .map(({ payer, sequence, unspent: points, isPending, from, expiresAt }) => ({
        at: instantOrNull(isPending ? from : expiresAt),
        kind: isPending ? 'beginning' : 'expiry',
        ...{ payer, lot: sequence, points },
      })),
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function instantOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : instant(milliseconds);
}

/** Lives a random life, and returns its recorded entries as those of another account. */
function live(seed: number, accountId: string): { pair: LifePair; entries: Entry[] } {
  const random = new RandomLife(seed, tempers[seed % tempers.length]!);
  const pair = new LifePair();
  for (let step = 0; step < stepsPerLife; step += 1) {
    pair.run(random.next(pair.model), random.now);
    if (random.chance(0.1)) pair.sweep(random.now);
  }
  pair.expectSameState();
  const digest = 'd'.repeat(64);
  const entries = pair.scenario.entries.map(
    (entry): Entry => ({ ...entry, accountId, digest, id: `${accountId} ${entry.sequence}` }),
  );
  return { pair, entries };
}

describe.each(storeKinds)('%s: the views show the recorded books', (kind) => {
  const store = useViewStore(kind);

  test(`of ${lives} random lives, with dates and reversals (LIFE_SEED=${firstSeed})`, async () => {
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
      'lapse',
      'spend',
      'spendReversal',
      'transaction',
      'transactionReversal',
    ]);
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
