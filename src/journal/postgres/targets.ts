import type { Entry } from '../../ledger/entry';
import type { LapseTotals } from '../../ledger/lapse-entry';
import { expiriesOf, lotsNamedBy, type Target } from '../../ledger/target';
import { type EntryRow, entryOf } from '../entry-row';
import type { CatchUp } from '../journal';
import { accountFilter, entriesAtStatement, newestNamingStatement } from './read';
import type { Row, Statement } from './session';

/**
 * Reads the newest row of each lot that an entry granted or took from, through its index: the
 * sequence of its entry and the totals, as JSON, or null. Only lots with an end lapse. It is no
 * LATERAL join: Citus does not push down a LIMIT in one that depends on the rows of a function.
 */
const newestTotals = (filter: string) => `
  SELECT place.number, (part.value ->> 'sequence')::bigint, (
    SELECT json_build_array(lapse.sequence, lapse.expired_total, lapse.settled_total)
    FROM lapse_row AS lapse
    WHERE lapse.account_id = entry.account_id
      AND lapse.lot_sequence = (part.value ->> 'sequence')::bigint
    ORDER BY lapse.sequence DESC, lapse.number DESC LIMIT 1
  )
  FROM unnest($1::text[], $2::bigint[], $3::integer[]) AS place (account_id, sequence, number)
  JOIN entry ON entry.account_id = place.account_id AND entry.sequence = place.sequence
    AND entry.kind IN ('transaction', 'spend')
  JOIN LATERAL json_array_elements(coalesce(
    entry.allocations,
    json_build_array(json_build_object('sequence', entry.sequence, 'expiresAt', entry.expires_at))
  )) AS part (value) ON part.value ->> 'expiresAt' IS NOT NULL
  ${filter}`;

/** What was read of the targets of one request. */
export interface FoundTargets {
  readonly entries: EntryRow[];
  readonly newest: EntryRow[];
  readonly totals: TotalsRow[];
}

export function nothingFound(): FoundTargets {
  return { entries: [], newest: [], totals: [] };
}

/** A lot, and its newest row as JSON. */
type TotalsRow = readonly [lot: number, newest: string | null];

/** The sequence of an entry, and totals, which a row of a beginning does not have. */
type NewestRow = readonly [sequence: number, expired: number | null, settled: number | null];

interface TargetPart {
  readonly statement: Statement;
  readonly take: (found: FoundTargets, row: Row) => void;
}

/** Makes the statements that read the targets of requests. Each row is a request's index first. */
export function targetParts(requests: readonly CatchUp[], isDistributed: boolean): TargetPart[] {
  const wanted = requests.flatMap(({ accountId, targets = [] }, number) =>
    targets.map((sequence) => ({ accountId, sequence, number })),
  );
  if (wanted.length === 0) return [];
  const numbers = wanted.map(({ number }) => number);
  const numbered = ({ text, values }: Statement): Statement => ({
    text,
    values: [...values!.slice(0, 2), numbers],
  });
  const entries = entriesAtStatement(wanted, isDistributed);
  const totals = newestTotals(accountFilter(isDistributed, wanted.length, 'entry'));
  return [
    {
      statement: numbered(entries),
      take: (found, row) => found.entries.push(row as unknown as EntryRow),
    },
    {
      statement: numbered(newestNamingStatement(wanted, isDistributed)),
      take: (found, row) => found.newest.push(row as unknown as EntryRow),
    },
    {
      statement: numbered({ ...entries, text: totals }),
      take: (found, row) => found.totals.push(row as unknown as TotalsRow),
    },
  ];
}

interface ReadTargets {
  readonly targets: readonly Target[];
  /** The newest sequence that was read. */
  readonly last: number;
}

/**
 * Returns the requested targets. They were read after the entries, or at another point in time, so
 * what the entries have is added. O(targets + lots + entries).
 */
export function targetsOf(
  sequences: readonly number[],
  found: FoundTargets,
  entries: readonly Entry[],
): ReadTargets {
  if (sequences.length === 0) return { targets: [], last: 0 };
  const figures = new TargetFigures();
  for (const row of found.entries) figures.addTarget(entryOf(row));
  for (const row of found.newest) figures.addNaming(entryOf(row));
  for (const [lot, newest] of found.totals) {
    if (newest === null) continue;
    const [sequence, expired, settled]: NewestRow = JSON.parse(newest);
    if (expired !== null && settled !== null)
      figures.addTotals(lot, sequence, { expired, settled });
  }
  const wanted = new Set(sequences);
  for (const entry of entries) {
    if (wanted.has(entry.sequence)) figures.addTarget(entry);
    figures.addNaming(entry);
    for (const row of expiriesOf(entry)) {
      figures.addTotals(row.sequence, entry.sequence, row.totals);
    }
  }
  const targets = sequences.flatMap((sequence) => figures.targetAt(sequence) ?? []);
  return { targets, last: figures.last };
}

/** What is known of the targets of a request: of each the newest. */
class TargetFigures {
  /** The newest sequence of an entry that was added. */
  last = 0;
  private readonly entries = new Map<number, Entry>();
  private readonly newest = new Map<number, Entry>();
  private readonly totals = new Map<number, { sequence: number; totals: LapseTotals }>();

  addTarget(entry: Entry): void {
    this.entries.set(entry.sequence, entry);
    this.last = Math.max(this.last, entry.sequence);
  }

  addNaming(entry: Entry): void {
    if (!('target' in entry)) return;
    const { target, sequence } = entry;
    this.last = Math.max(this.last, sequence);
    if ((this.newest.get(target)?.sequence ?? 0) < sequence) this.newest.set(target, entry);
  }

  /** @param sequence of the entry that recorded the totals. */
  addTotals(lot: number, sequence: number, totals: LapseTotals): void {
    this.last = Math.max(this.last, sequence);
    const known = this.totals.get(lot);
    if (known === undefined || known.sequence <= sequence) {
      this.totals.set(lot, { sequence, totals });
    }
  }

  targetAt(sequence: number): Target | null {
    const entry = this.entries.get(sequence);
    if (entry === undefined) return null;
    const lapsed = new Map<number, LapseTotals>();
    for (const lot of lotsNamedBy(entry)) {
      const known = this.totals.get(lot);
      if (known !== undefined) lapsed.set(lot, known.totals);
    }
    return { entry, newest: this.newest.get(sequence) ?? null, lapsed };
  }
}
