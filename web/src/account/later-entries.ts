import type { Entry } from './lists';

/** An entry about an earlier one. */
export interface Later {
  readonly id: string;
  readonly sequence: number;
  /** What it did to the earlier entry. */
  readonly what: 'given back by' | 'reversed by' | 'captured by' | 'released by' | 'ended in';
}

/**
 * Returns by the id of an entry what happened to it later.
 *
 * @param rows of a history, the newest first: what is later than a row is among them.
 */
export function laterEntries(rows: readonly Entry[]): ReadonlyMap<string, readonly Later[]> {
  const later = new Map<string, Later[]>();
  for (const { id, sequence, targets, what } of rows.toReversed().map(aboutOf)) {
    for (const target of targets) {
      later.set(target, [...(later.get(target) ?? []), { id, sequence, what }]);
    }
  }
  return later;
}

interface About extends Later {
  readonly targets: readonly string[];
}

function aboutOf(entry: Entry): About {
  return { id: entry.id, sequence: entry.sequence, ...targetsOf(entry) };
}

function targetsOf(entry: Entry): Pick<About, 'targets' | 'what'> {
  switch (entry.__typename) {
    case 'SpendReversal':
      return { targets: [entry.spend.id], what: 'given back by' };
    case 'TransactionReversal':
      return { targets: [entry.transaction.id], what: 'reversed by' };
    case 'Spend':
      return { targets: idsOf(entry.hold), what: 'captured by' };
    case 'Release':
      return { targets: idsOf(entry.hold), what: 'released by' };
    case 'Lapse':
      return { targets: entry.endedHolds.map(({ hold }) => hold.id), what: 'ended in' };
    default:
      return { targets: [], what: 'reversed by' };
  }
}

const idsOf = (hold: { readonly id: string } | null): string[] => (hold === null ? [] : [hold.id]);
