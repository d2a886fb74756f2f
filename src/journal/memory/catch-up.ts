import { lotsNamedBy, type Target } from '../../ledger/target';
import type { CatchUp, CaughtUp } from '../journal';
import type { AccountHistory } from './history';

/** Catches one account up; `history` is undefined if the account is unknown. */
export function catchUpFrom(
  history: AccountHistory | undefined,
  { known, keys, targets }: CatchUp,
  entriesMax: number,
): CaughtUp {
  const found = targets === undefined ? {} : { targets: targetsIn(history, targets) };
  if (history === undefined) {
    return { snapshot: null, entries: [], more: false, keyed: [], ...found };
  }
  const snapshot = known === null ? (history.snapshot?.head ?? null) : null;
  const first = (known ?? snapshot?.entry)?.sequence ?? 1;
  const end = first - 1 + entriesMax;
  return {
    snapshot,
    entries: history.entries.slice(first - 1, end),
    more: history.entries.length > end,
    keyed: [...new Set(keys)].flatMap((key) => history.keyed.get(key) ?? []),
    ...found,
  };
}

function targetsIn(history: AccountHistory | undefined, sequences: readonly number[]): Target[] {
  if (history === undefined) return [];
  return sequences.flatMap((sequence) => targetAt(history, sequence) ?? []);
}

function targetAt({ entries, naming, lapsed }: AccountHistory, sequence: number): Target | null {
  const entry = entries[sequence - 1];
  if (entry === undefined) return null;
  const newest = naming.get(sequence)?.at(-1) ?? null;
  const totals = lotsNamedBy(entry).flatMap((lot) => {
    const known = lapsed.get(lot);
    return known === undefined ? [] : [[lot, known] as const];
  });
  return { entry, newest, lapsed: new Map(totals) };
}
