import { type Config, readConfig, type SettingNames } from '../config';
import { OperatorError } from '../operator-error';
import type { LedgerOptions, ListenOptions } from './ledger';

/** The environment variables of the settings among the options. */
const variables = {
  database: 'DATABASE_URL',
  introspection: 'INTROSPECTION',
  defaultAccount: 'DEFAULT_ACCOUNT',
  sweep: 'SWEEP',
  corsOrigins: 'CORS_ORIGINS',
  allowedHosts: 'ALLOWED_HOSTS',
  auth: 'AUTH',
  jwksUrl: 'AUTH_JWKS_URL',
  jwksFile: 'AUTH_JWKS_FILE',
  issuer: 'AUTH_ISSUER',
  audience: 'AUTH_AUDIENCE',
  accountClaim: 'AUTH_ACCOUNT_CLAIM',
} as const;

type SettingOption = keyof typeof variables;

const settingOptions = Object.keys(variables) as SettingOption[];
const otherOptions = ['now', 'logger', 'graphql'];

/** How messages name the settings of a ledger, and of its servers. */
export const optionNames: SettingNames = {
  ...Object.fromEntries(settingOptions.map((option) => [variables[option], option])),
  PORT: 'port',
  HOST: 'host',
};

/**
 * Reads the options as the server reads its environment, but not from the environment.
 * @throws OperatorError that names the option.
 */
export function readLedgerOptions(options: LedgerOptions): Config {
  checkOptions(options);
  const given = settingOptions.filter((option) => options[option] !== undefined);
  const entries = given.map((option) => [variables[option], textOf(option, options[option])]);
  return readConfig(Object.fromEntries(entries), optionNames);
}

/** Reads the address to listen on: by default a free port on loopback. */
export function readAddress({ port = 0, host = '127.0.0.1' }: ListenOptions): ListenAddress {
  const environment = { PORT: String(port), HOST: String(host) };
  const config = readConfig(environment, optionNames);
  return { port: config.port, host: config.host };
}

type ListenAddress = Pick<Config, 'host' | 'port'>;

function checkOptions(options: LedgerOptions): void {
  const { database } = options ?? {};
  if (typeof database !== 'string' || database === '') {
    const problem = database === '' ? 'empty' : 'missing';
    throw new OperatorError(
      'setting',
      `database is ${problem}; it must be memory:, file:PATH or postgres://….`,
    );
  }
  const known = [...settingOptions, ...otherOptions];
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown !== undefined) {
    throw new OperatorError(
      'setting',
      `There is no option ${unknown}; there are ${known.join(', ')}.`,
    );
  }
  if (options.now !== undefined && typeof options.now !== 'function') {
    throw new OperatorError('setting', 'now must be a function that returns a Date.');
  }
}

function textOf(option: SettingOption, value: LedgerOptions[SettingOption]): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join(',');
  throw new OperatorError(
    'setting',
    `${option} is ${JSON.stringify(value)}; it must be of another type.`,
  );
}
