import { Client } from 'pg';
import { groupBy } from '../faults/group-by';
import type { JournalContent } from '../faults/journal-file';
import { type RecordedRow, recordedEntry } from '../faults/recorded-entry';

/** Reads a ledger directly from its database, without any of the server's code. */
export async function readJournalDatabase(url: string): Promise<JournalContent> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<RecordedRow>(
      'SELECT * FROM entry ORDER BY account_id, sequence',
    );
    return groupBy(rows.map(recordedEntry), ({ accountId }) => accountId);
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
