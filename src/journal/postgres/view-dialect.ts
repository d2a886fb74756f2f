import type { ViewDialect } from '../views/dialect';

/**
 * Functions in FROM are immutable, so that a table distributed by `account_id` computes each part
 * on its own node.
 */
export const postgresViews: ViewDialect = {
  text: (object, member) => `(${object} ->> '${member}') COLLATE "C"`,
  integer: (object, member) => `(${object} ->> '${member}')::bigint`,
  truth: (object, member) => `(${object} ->> '${member}')::boolean`,
  array: (object, member) => `(${object} ->> '${member}')`,
  json: (text) => `(${text})::json`,
  leftJoin: (array, name) =>
    `LEFT JOIN LATERAL json_array_elements(${array}) AS ${name} (value) ON true`,
  join: (array, name) => `CROSS JOIN LATERAL json_array_elements(${array}) AS ${name} (value)`,
  /**
   * As a `timestamptz`, exact to the year 9999: whole seconds are exact as a floating-point number,
   * while seconds with a fraction are not.
   */
  instant: (milliseconds) =>
    `to_timestamp(${milliseconds} / 1000) + ${milliseconds} % 1000 * interval '1 millisecond'`,
  noText: 'CAST(NULL AS text) COLLATE "C"',
  noInteger: 'CAST(NULL AS bigint)',
  now: 'extract(epoch FROM now()) * 1000',
  whole: (sum) => `(${sum})::bigint`,
  least: (left, right) => `least(${left}, ${right})`,
};
