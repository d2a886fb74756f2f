import type { ShowNamingQuery } from '../generated/operations';
import type { Entry } from './lists';

/** An entry about an earlier one. */
export interface Later {
  readonly id: string;
  readonly sequence: number;
  /** What it did to the earlier entry. */
  readonly what: What;
}

type What =
  | 'given back by'
  | 'reversed by'
  | 'lifted by'
  | 'captured by'
  | 'released by'
  | 'ended in'
  | 'began in'
  | 'expired in'
  | 'came back and expired in';

/**
 * Returns by the id of an entry what happened to it later, as far as the history says it: not when
 * the points of a grant began or expired.
 *
 * @param rows of a history, the newest first: what is later than a row is among them.
 */
export function laterEntries(rows: readonly Entry[]): ReadonlyMap<string, readonly Later[]> {
  const later = new Map<string, Later[]>();
  for (const entry of rows.toReversed()) {
    const { id, sequence } = entry;
    const [what, targets] = targetsOf(entry);
    for (const target of targets) {
      later.set(target, [...(later.get(target) ?? []), { id, sequence, what }]);
    }
  }
  return later;
}

function targetsOf(entry: Entry): readonly [What, readonly string[]] {
  switch (entry.__typename) {
    case 'SpendReversal':
      return ['given back by', [entry.spend.id]];
    case 'TransactionReversal':
      return [entry.lifted > 0 ? 'lifted by' : 'reversed by', [entry.transaction.id]];
    case 'Spend':
      return ['captured by', idsOf(entry.hold)];
    case 'Release':
      return ['released by', idsOf(entry.hold)];
    case 'Lapse':
      return ['ended in', entry.endedHolds.map(({ hold }) => hold.id)];
    default:
      return ['reversed by', []];
  }
}

const idsOf = (hold: { readonly id: string } | null): string[] => (hold === null ? [] : [hold.id]);

/** An entry that names another one. */
export type Naming = NonNullable<ShowNamingQuery['entry']>['namedBy']['nodes'][number];

export interface Named {
  readonly __typename: string;
  readonly id: string;
}

/** Returns what an entry did to one that it names. A lapse may do two things to a grant. */
export function whatHappened(naming: Naming, named: Named): readonly Later[] {
  const { id, sequence } = naming;
  return whatsOf(naming, named).map((what) => ({ id, sequence, what }));
}

function whatsOf(naming: Naming, named: Named): readonly What[] {
  if (naming.__typename === 'TransactionReversal') {
    return [naming.lifted > 0 ? 'lifted by' : 'reversed by'];
  }
  if (naming.__typename === 'Lapse') return lapsed(naming, named);
  if (named.__typename === 'Transaction') return ['came back and expired in'];
  if (naming.__typename === 'Spend') return ['captured by'];
  return [naming.__typename === 'Release' ? 'released by' : 'given back by'];
}

function lapsed(
  { begun, lots }: Extract<Naming, { __typename: 'Lapse' }>,
  { __typename, id }: Named,
): readonly What[] {
  if (__typename === 'Hold') return ['ended in'];
  const isNamed = (row: { readonly transaction: { readonly id: string } }) =>
    row.transaction.id === id;
  return [
    ...(begun?.some(isNamed) ? (['began in'] as const) : []),
    ...(lots?.some(isNamed) ? (['expired in'] as const) : []),
  ];
}
