import { sqlStateOf } from './errors';

/**
 * Settings under which statements that name their rows use an index, whatever the planner
 * estimates: without statistics, or with stale ones, it considers a sequential scan cheaper. Pages
 * cost nothing, so the number of rows read decides.
 */
const byIndex: Readonly<Record<string, string>> = {
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  seq_page_cost: '0',
  random_page_cost: '0',
};

/** A setting without a meaning for the server, which says that the others were taken. */
const marker = 'points_ledger.settings';

/** Selects whether the connection has the settings of {@link withSettings}. */
export const selectSettings = `current_setting('${marker}', true) = 'by_index'`;

/** Makes a BEGIN, as one message, of a transaction with the settings and further ones. */
export function beginWith(...settings: readonly string[]): string {
  const local = Object.entries(byIndex).map(([name, value]) => `SET LOCAL ${name} = ${value}`);
  return ['BEGIN', ...settings, ...local].join('; ');
}

/**
 * Returns an address whose connections have the settings from their start, so that no transaction
 * sets them. Options that the address or the environment has stay.
 * @param address as {@link addressesOf} returns it.
 */
export function withSettings(address: string, lockMsMax: number): string {
  const [base, query = ''] = splitOnce(address, '?');
  const parameters = new URLSearchParams(query);
  const given = parameters.get('options') ?? process.env.PGOPTIONS ?? '';
  const own = { ...byIndex, lock_timeout: `${lockMsMax}`, [marker]: 'by_index' };
  const options = Object.entries(own).map(([name, value]) => `-c ${name}=${value}`);
  parameters.set('options', [given, ...options].join(' ').trim());
  return `${base}?${parameters}`;
}

/**
 * SQLSTATEs with which poolers, and servers that lack a setting, refuse start-up options: protocol
 * violation, feature not supported, invalid value, unknown setting, or one that is fixed.
 */
const refusals = new Set(['08P01', '0A000', '22023', '42704', '55P02']);

/** True if a connection failed because its start-up options were refused. */
export function areSettingsRefused(error: unknown): boolean {
  return refusals.has(sqlStateOf(error) ?? '');
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + separator.length)];
}
