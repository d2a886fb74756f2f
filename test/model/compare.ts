import type { Account } from '../../src/ledger/account';
import type { LotKey } from '../../src/ledger/entry';
import { type LotPage, type LotRange, lotPage, type OpenLot } from '../../src/ledger/lot-page';
import { previewSpend, type SpendPreview } from '../../src/ledger/preview';
import { figuresOf } from './naive-decision';
import type { NaiveLedger } from './naive-ledger';

const wholeRange: LotRange = { after: null, before: null, from: 'start', limit: 1e9 };

/** Returns everything of an account that a reader can see, except previews and pages. */
export function observe(account: Account): object {
  const { sequence, recordedAt, points, openPoints, lotCount } = account;
  const { lots } = lotPage(account, wholeRange);
  const balances = account.balances();
  return { sequence, recordedAt, points, openPoints, lotCount, balances, lots };
}

/** Returns the same of the model. */
function observeModel(model: NaiveLedger): object {
  const { sequence, recordedAt } = model;
  const [points, openPoints, lotCount] = [model.points(), model.openSum(), model.lotCount()];
  const [balances, lots] = [model.balances(), model.openLots()];
  return { sequence, recordedAt, points, openPoints, lotCount, balances, lots };
}

/** Expects the account to show what the model shows. */
export function expectSame(account: Account, model: NaiveLedger): void {
  const [seen, right] = [observe(account), observeModel(model)];
  expectAlike(seen, right);
  const isNegativeZero = ({ points }: { readonly points: number }) => Object.is(points, -0);
  if (isNegativeZero(account) || account.balances().some(isNegativeZero)) {
    throw new Error('points are -0');
  }
}

/**
 * Expects equal values: comparing texts is fast, comparing values explains the difference. Treats 0
 * and -0 alike.
 */
export function expectAlike(seen: object, right: object): void {
  expecting(right)(seen);
}

/** Returns a function that expects a value to be like this one, whose text is made once. */
export function expecting(right: object): (seen: object) => void {
  const text = JSON.stringify(right);
  return (seen) => {
    if (JSON.stringify(seen) !== text) expect(seen).toEqual(right);
  };
}

/** Expects one page to equal the slice of the model's open lots. */
export function expectSamePage(account: Account, model: NaiveLedger, range: LotRange): void {
  expect({ range, page: lotPage(account, range) }).toEqual({
    range,
    page: pageOf(model.openLots(), range),
  });
}

/** Expects the pages of one length, read from either end, to make up all lots. */
export function expectPagesMakeTheWhole(account: Account, model: NaiveLedger, limit: number): void {
  const whole = model.openLots();
  const forward: OpenLot[] = [];
  const backward: OpenLot[] = [];
  for (let page = first(account, null, limit); ; page = first(account, forward.at(-1)!, limit)) {
    forward.push(...page.lots);
    expect(page.hasNext).toBe(forward.length < whole.length);
    if (!page.hasNext) break;
  }
  for (let page = last(account, null, limit); ; page = last(account, backward[0]!, limit)) {
    backward.unshift(...page.lots);
    expect(page.hasPrevious).toBe(backward.length < whole.length);
    if (!page.hasPrevious) break;
  }
  expectAlike(forward, whole);
  expectAlike(backward, whole);
}

/** Expects a preview to be what the model would take, or the refusal of the spend. */
export function expectSamePreview(account: Account, model: NaiveLedger, points: number): void {
  const preview = previewSpend(account.id, account, points);
  const command = { kind: 'spendPoints', points, reference: null, idempotencyKey: null } as const;
  const decision = model.decide(command, 0, '');
  if (decision.kind === 'refused') {
    expect(bare(preview)).toEqual({ points, refusal: decision.refusal });
  } else {
    expect(bare(preview)).toEqual({ points, allocations: model.take(points) });
  }

  function bare(decision: SpendPreview): object {
    if (decision.kind === 'accepted') return { points, allocations: decision.allocations };
    return { points, refusal: figuresOf(decision.refusal) };
  }
}

function first(account: Account, after: LotKey | null, limit: number): LotPage {
  return lotPage(account, { after, before: null, from: 'start', limit });
}

function last(account: Account, before: LotKey | null, limit: number): LotPage {
  return lotPage(account, { after: null, before, from: 'end', limit });
}

function pageOf(open: readonly OpenLot[], { after, before, from, limit }: LotRange): LotPage {
  const isAfter = (lot: OpenLot) => after === null || byKey(lot, after) > 0;
  const isBefore = (lot: OpenLot) => before === null || byKey(lot, before) < 0;
  const inside = open.filter((lot) => isAfter(lot) && isBefore(lot));
  const lots = from === 'start' ? inside.slice(0, limit) : inside.slice(-limit);
  const [head, tail] = [lots[0], lots.at(-1)];
  const hasPrevious = open.some((lot) => (head ? byKey(lot, head) < 0 : !isAfter(lot)));
  const hasNext = open.some((lot) => (tail ? byKey(lot, tail) > 0 : !isBefore(lot)));
  return { lots, hasPrevious, hasNext };
}

function byKey(a: LotKey, b: LotKey): number {
  return a.timestamp - b.timestamp || a.sequence - b.sequence;
}
