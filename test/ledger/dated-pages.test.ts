import { Account } from '../../src/ledger/account';
import { expiryPage } from '../../src/ledger/expiry-page';
import { compareExpiries, type ExpiryKey } from '../../src/ledger/expiry-walk';
import { lotPage } from '../../src/ledger/lot-page';
import { compareKeys } from '../../src/ledger/lot-walk';
import { pendingPage } from '../../src/ledger/pending-page';
import type { PageRange } from '../../src/ledger/walked-page';
import { debit, spend } from './commands';
import { grant } from './life-commands';
import { LifeScenario } from './life-scenario';

const seed = Number(process.env.SEED ?? Date.now() % 1e9);

/** A small generator of random whole numbers below a bound. */
function randomBelow(start: number): (bound: number) => number {
  let state = start;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % bound;
  };
}

/** Lots of three payers, half of them with an end, under debits, some partly spent. */
function randomAccount(lots: number, instants: number, random: (bound: number) => number): Account {
  const scenario = new LifeScenario();
  for (let index = 0; index < lots; index += 1) {
    const payer = `payer ${random(3)}`;
    const begins = random(5) === 0 ? { availableFrom: 1_000 + random(instants) } : {};
    const ends = random(2) === 0 ? { expiresAt: 2_000 + instants + random(instants) } : {};
    scenario.run(grant(payer, 1 + random(9), random(lots), { ...begins, ...ends }), 0, `${index}`);
    if (random(10) === 0) scenario.run(debit(payer, 1 + random(9)), 0, `debit ${index}`);
    if (random(20) === 0) scenario.run(spend(1 + random(9)), 0, `spend ${index}`);
  }
  return scenario.account;
}

const everything = { after: null, before: null, from: 'start', limit: 1e9 } as const;

function sortedExpiries(account: Account) {
  return lotPage(account, everything)
    .lots.filter(({ expiresAt }) => expiresAt !== undefined)
    .map(({ payer, timestamp, sequence, remaining, expiresAt }) => {
      return { at: expiresAt!, payer, timestamp, sequence, points: remaining };
    })
    .sort(compareExpiries);
}

function sortedPending(account: Account) {
  return account.pending
    .inOrder()
    .sort((a, b) => a.availableFrom - b.availableFrom || a.sequence - b.sequence);
}

interface Sorted<Item, Key> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => Key;
  readonly compare: (a: Key, b: Key) => number;
}

/** Returns the page that a range describes, and what is beside it, from all items in order. */
function slice<Item, Key>({ items, keyOf, compare }: Sorted<Item, Key>, range: PageRange<Key>) {
  const { after, before, from, limit } = range;
  const start = after === null ? 0 : items.findIndex((it) => compare(keyOf(it), after) > 0);
  const end =
    before === null ? items.length : items.filter((it) => compare(keyOf(it), before) < 0).length;
  const low = start < 0 ? items.length : start;
  const high = Math.max(low, end);
  const [first, last] =
    from === 'start' ? [low, Math.min(high, low + limit)] : [Math.max(low, end - limit), end];
  if (first < last) {
    return {
      items: items.slice(first, last),
      hasPrevious: first > 0,
      hasNext: last < items.length,
    };
  }
  const edge = from === 'start' ? low : end;
  return { items: [], hasPrevious: edge > 0, hasNext: edge < items.length };
}

/** Ranges with bounds on, between and beside the keys, the first one before the second. */
function* rangesOf<Key extends { readonly sequence: number }>(
  keys: readonly Key[],
  compare: (a: Key, b: Key) => number,
  random: (bound: number) => number,
): Generator<PageRange<Key>> {
  for (let count = 0; count < 60; count += 1) {
    const bounds = [0, 1]
      .map(() => keys[random(keys.length + 1)] ?? null)
      .map((key) => key && { ...key, sequence: key.sequence + random(3) - 1 });
    const [one, other] = bounds;
    const isTurned = one != null && other != null && compare(one, other) >= 0;
    const [after, before] = isTurned ? [other, null] : [one ?? null, other ?? null];
    yield { after, before, from: random(2) === 0 ? 'start' : 'end', limit: random(30) };
  }
}

describe.each([
  [5, 3],
  [60, 4],
  [400, 1],
  [3_000, 20],
  [3_000, 100_000],
])(`over accounts of %i lots at %i instants, seed ${seed}`, (lots, instants) => {
  const random = randomBelow(seed + lots + instants);
  const account = randomAccount(lots, instants, random);

  test('a page of expiries is a slice of what no debit covers, by instant', () => {
    const all = sortedExpiries(account);
    const keys: ExpiryKey[] = all.map(({ at, timestamp, sequence }) => ({
      at,
      timestamp,
      sequence,
    }));
    for (const range of rangesOf(keys, compareExpiries, random)) {
      const until = random(2) === 0 ? null : 2_000 + instants + random(instants + 1);
      const items = all.filter(({ at }) => until === null || at < until);
      const expected = slice({ items, keyOf: (it) => it, compare: compareExpiries }, range);
      const { opened, ...page } = expiryPage(account, { ...range, until });
      expect({ range, until, ...page }).toEqual({
        range,
        until,
        ...expected,
      });
    }
  });

  test('a page of pending lots is a slice of them, by when they begin', () => {
    const items = sortedPending(account);
    const keyOf = ({ availableFrom, sequence }: (typeof items)[number]) => {
      return { timestamp: availableFrom, sequence };
    };
    for (const range of rangesOf(items.map(keyOf), compareKeys, random)) {
      const expected = slice({ items, keyOf, compare: compareKeys }, range);
      expect({ range, ...pendingPage(account, range) }).toEqual({ range, ...expected });
    }
  });

  test('the points of all pending lots are those of the payers', () => {
    const payers = [...account.payers.values()];
    expect(account.pending.points).toBe(payers.reduce((sum, { pending }) => sum + pending, 0));
  });
});

test('an account without dates has no expiries and no pending lots', () => {
  const { account } = new LifeScenario();
  const empty = { items: [], hasPrevious: false, hasNext: false };
  expect(expiryPage(account, { ...everything, until: null })).toEqual({ ...empty, opened: 0 });
  expect(pendingPage(account, everything)).toEqual(empty);
});
