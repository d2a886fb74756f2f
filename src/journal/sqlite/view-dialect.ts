import type { ViewDialect } from '../views/dialect';

/**
 * SQLite reads all views of a file before it runs any query, so they use no syntax younger than the
 * tables' (3.37): `json_extract`, not `->>`.
 */
export const sqliteViews: ViewDialect = {
  text: member,
  integer: member,
  truth: member,
  array: member,
  json: (text) => text,
  leftJoin: (array, name) => `LEFT JOIN json_each(${array}) AS ${name}`,
  join: (array, name) => `JOIN json_each(${array}) AS ${name}`,
  /** As text such as `2020-10-31T10:00:00.000Z`, as the API writes it. */
  instant: (milliseconds) =>
    `strftime('%Y-%m-%dT%H:%M:%fZ', ${milliseconds} / 1000.0, 'unixepoch')`,
  noText: 'CAST(NULL AS TEXT)',
  noInteger: 'CAST(NULL AS INTEGER)',
  now: "(julianday('now') - 2440587.5) * 86400000.0",
  whole: (sum) => sum,
  least: (left, right) => `min(${left}, ${right})`,
};

function member(object: string, name: string): string {
  return `json_extract(${object}, '$.${name}')`;
}
