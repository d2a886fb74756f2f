import type { Config } from '../../src/config';

/** The settings of a server that a test starts in its own process; the system chooses the port. */
export const appSettings: Config = {
  port: 0,
  host: '127.0.0.1',
  allowedHosts: null,
  corsOrigins: [],
  database: { kind: 'memory' },
  introspection: true,
  auth: { mode: 'auto', tokens: null },
  defaultAccount: true,
  sweep: true,
  logLevel: 'silent',
};
