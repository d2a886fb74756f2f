import type { Client } from 'pg';
import type { Statement } from '../../../src/journal/postgres/session';
import { beginWith } from '../../../src/journal/postgres/settings';

function valueText(value: unknown): string {
  return Array.isArray(value) ? `{${value.map((each) => JSON.stringify(each))}}` : String(value);
}

/** Returns the plans of a statement as it was executed: planned for its values, and for any. */
export async function planOf(client: Client, { text, values }: Statement): Promise<string> {
  const explain = 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF)';
  await client.query(`${beginWith()}; SET LOCAL plan_cache_mode = force_generic_plan`);
  const custom = await client.query(`${explain} ${text}`, [...values!]);
  await client.query(`PREPARE frequent AS ${text}`);
  const literals = values!.map((value) => client.escapeLiteral(valueText(value)));
  const generic = await client.query(`${explain} EXECUTE frequent (${literals.join(', ')})`);
  await client.query('COMMIT; DEALLOCATE frequent');
  return [...custom.rows, ...generic.rows].map((row) => row['QUERY PLAN']).join('\n');
}
