import { Client } from 'pg';
import type { Allocation, Entry } from '../../src/ledger/entry';
import { groupBy } from '../faults/group-by';
import type { JournalContent } from '../faults/journal-file';

interface Row {
  readonly account_id: string;
  readonly sequence: string;
  readonly id: string;
  readonly payer: string | null;
  readonly points: string;
  readonly timestamp: string | null;
  readonly recorded_at: string;
  readonly reference: string | null;
  readonly idempotency_key: string | null;
  readonly digest: string;
  readonly allocations: readonly Allocation[] | null;
}

/** Reads a ledger directly from its database, without any of the server's code. */
export async function readJournalDatabase(url: string): Promise<JournalContent> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row>('SELECT * FROM entry ORDER BY account_id, sequence');
    return groupBy(rows.map(entryOf), ({ accountId }) => accountId);
  } finally {
    await client.end();
  }
}

/** Returns gaps in the sequences 1, 2, 3, …, and idempotency keys that occur twice. */
export function shapeComplaints(journal: JournalContent): string[] {
  return [...journal].flatMap(([accountId, entries]) => {
    const keys = entries.flatMap(({ idempotencyKey }) => idempotencyKey ?? []);
    return [
      ...entries.flatMap(({ sequence }, index) =>
        sequence === index + 1 ? [] : [`${accountId} has ${sequence} as entry ${index + 1}`],
      ),
      ...(new Set(keys).size === keys.length ? [] : [`${accountId} has a key twice`]),
    ];
  });
}

function entryOf(row: Row): Entry {
  const common = {
    id: row.id,
    accountId: row.account_id,
    sequence: Number(row.sequence),
    recordedAt: Number(row.recorded_at),
    reference: row.reference,
    idempotencyKey: row.idempotency_key,
    points: Number(row.points),
    digest: row.digest === '' ? null : row.digest,
  };
  if (row.allocations !== null) return { ...common, kind: 'spend', allocations: row.allocations };
  return { ...common, kind: 'transaction', payer: row.payer!, timestamp: Number(row.timestamp) };
}
