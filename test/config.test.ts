import { resolve } from 'node:path';
import { readConfig } from '../src/config';
import { OperatorError } from '../src/operator-error';

const defaults = {
  port: 4000,
  host: '127.0.0.1',
  allowedHosts: null,
  corsOrigins: [],
  database: { kind: 'file', path: resolve('data/ledger.db') },
  introspection: true,
  auth: { mode: 'auto', tokens: null },
  defaultAccount: true,
  sweep: true,
  logLevel: 'info',
};

test('a setting that is missing has its default', () => {
  expect(readConfig({})).toEqual(defaults);
  expect(readConfig({ ALLOWED_HOSTS: '', INTROSPECTION: '', LOG_LEVEL: '' })).toEqual(defaults);
});

test.each([
  ['PORT', '4000'],
  ['HOST', '127.0.0.1'],
  ['DATABASE_URL', 'file:./data/ledger.db'],
])('an empty %s is refused', (name, missing) => {
  expect(() => readConfig({ [name]: '' })).toThrow(
    new OperatorError(
      'setting',
      `${name} is empty; give it a value, or leave it out to get ${missing}.`,
    ),
  );
});

test('every setting is read', () => {
  const environment = {
    PORT: '0',
    HOST: '::',
    ALLOWED_HOSTS: 'points.example.com, Ledger.local.,',
    CORS_ORIGINS: 'https://App.example.com:443, http://localhost:5173,,capacitor://localhost',
    DATABASE_URL: 'memory:',
    INTROSPECTION: 'off',
    DEFAULT_ACCOUNT: 'off',
    SWEEP: 'off',
    LOG_LEVEL: 'debug',
    AUTH: 'on',
    AUTH_JWKS_URL: 'https://id.example.com/jwks',
    AUTH_ISSUER: 'https://id.example.com',
    AUTH_AUDIENCE: 'points',
    AUTH_ACCOUNT_CLAIM: 'member',
  };
  expect(readConfig(environment)).toEqual({
    port: 0,
    host: '::',
    allowedHosts: ['points.example.com', 'ledger.local'],
    corsOrigins: ['https://app.example.com', 'http://localhost:5173', 'capacitor://localhost'],
    database: { kind: 'memory' },
    introspection: false,
    defaultAccount: false,
    sweep: false,
    logLevel: 'debug',
    auth: {
      mode: 'on',
      tokens: {
        keys: { kind: 'url', url: 'https://id.example.com/jwks' },
        issuer: 'https://id.example.com',
        audience: 'points',
        accountClaim: 'member',
      },
    },
  });
});

test.each([
  ['memory:', { kind: 'memory' }],
  ['file:ledger.db', { kind: 'file', path: resolve('ledger.db') }],
  ['file:/var/ledger.db', { kind: 'file', path: '/var/ledger.db' }],
  ['file:///var/led%20ger.db', { kind: 'file', path: '/var/led ger.db' }],
  ['postgres://db/points', { kind: 'postgres', url: 'postgres://db/points' }],
  ['postgresql://db/points', { kind: 'postgres', url: 'postgresql://db/points' }],
])('DATABASE_URL %s', (text, database) => {
  expect(readConfig({ DATABASE_URL: text }).database).toEqual(database);
});

test.each([
  ['PORT', '65536', 'PORT is "65536"; it must be a number from 0 to 65535.'],
  ['PORT', '4e3', 'PORT is "4e3"; it must be a number from 0 to 65535.'],
  ['HOST', 'http://x', /^HOST is "http:\/\/x"; it must be an address or a name of this machine/],
  [
    'ALLOWED_HOSTS',
    'a.example, https://x',
    /^ALLOWED_HOSTS holds "https:\/\/x"; it must hold names/,
  ],
  [
    'ALLOWED_HOSTS',
    'x:4000',
    /^ALLOWED_HOSTS holds "x:4000"; .* no scheme, port, path or wildcard/,
  ],
  [
    'CORS_ORIGINS',
    'https://a.example/',
    /^CORS_ORIGINS holds .*; write .* alone: https:..a\.example\.$/,
  ],
  ['CORS_ORIGINS', 'https://me@a.example', /^CORS_ORIGINS holds .* alone: https:..a\.example\.$/],
  [
    'CORS_ORIGINS',
    'a.example',
    /^CORS_ORIGINS holds "a\.example".* scheme.* https:..a\.example\.$/,
  ],
  ['CORS_ORIGINS', 'localhost:5173', /scheme; write an origin, such as http:..localhost:5173\.$/],
  ['CORS_ORIGINS', 'https://*.a.example', /wildcard is not possible: list each origin/],
  [
    'CORS_ORIGINS',
    '*, https://a.example',
    'CORS_ORIGINS holds "*" and other origins; write "*" alone to allow all origins.',
  ],
  ['CORS_ORIGINS', 'https://a.example,null', /^CORS_ORIGINS holds "null", .* never allowed\.$/],
  ['CORS_ORIGINS', 'https://', /^CORS_ORIGINS holds "https:..";/],
  ['ALLOWED_HOSTS', '*.example.com', /^ALLOWED_HOSTS holds "\*\.example\.com"/],
  ['ALLOWED_HOSTS', ' , ', /^ALLOWED_HOSTS is " , "; it must hold a name\./],
  ['INTROSPECTION', 'yes', 'INTROSPECTION is "yes"; it must be one of on, off.'],
  ['DEFAULT_ACCOUNT', 'no', 'DEFAULT_ACCOUNT is "no"; it must be one of on, off.'],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL is "loud"; it must be one of silent, error,/],
  [
    'DATABASE_URL',
    'ledger.db',
    /^DATABASE_URL has no scheme; it must be memory:, file:PATH or postgres:\/\/…\.$/,
  ],
  [
    'DATABASE_URL',
    'postgres://me:secret@[/x',
    /^DATABASE_URL cannot be read; write postgres:\/\/(?!.*secret)/,
  ],
  ['DATABASE_URL', 'file:', /^DATABASE_URL is "file:" without a path/],
  ['DATABASE_URL', 'file://host/x', /^DATABASE_URL is "file:\/\/host\/x"; write file:PATH/],
])('%s=%s is refused with a message for the operator', (name, value, message) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(OperatorError);
  expect(read).toThrow(message);
});

test('a password in DATABASE_URL is not repeated', () => {
  const read = () => readConfig({ DATABASE_URL: 'mysql://me:secret@db/points' });
  expect(read).toThrow('DATABASE_URL begins with "mysql:"');
  expect(read).not.toThrow('secret');
});

test.each([
  ['PORT', '--port', 'http', '--port is "http"; it must be a number from 0 to 65535.'],
  ['PORT', '--port', '', '--port is empty; give it a value, or leave it out to get 4000.'],
  ['HOST', '--host', 'a b', /^--host is "a b"; it must be an address/],
  ['DATABASE_URL', '--database', 'ledger.db', /^--database has no scheme; it must be memory:/],
  ['DATABASE_URL', '--database', 'file:', /^--database is "file:" without a path/],
])('a message names %s as %s if that was typed', (variable, option, value, message) => {
  expect(() => readConfig({ [variable]: value }, { [variable]: option })).toThrow(message);
});
