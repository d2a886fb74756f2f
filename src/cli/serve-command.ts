import type { Command } from 'commander';

/** The settings that `points serve` accepts as options, by the names of their variables. */
const optionNames = { PORT: '--port', HOST: '--host', DATABASE_URL: '--database' } as const;

interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  readonly database?: string;
}

export function addServe(points: Command): void {
  points
    .command('serve')
    .summary('run the server')
    .description('Runs the server until it gets SIGTERM or SIGINT, as `node dist/main.js` does.')
    .option('--port <number>', 'instead of PORT, which is 4000 if not set')
    .option('--host <address>', 'instead of HOST, which is 127.0.0.1 if not set')
    .option(
      '--database <url>',
      'instead of DATABASE_URL, which is file:./data/ledger.db if not set',
    )
    .action(serveWith);
}

async function serveWith({ port, host, database }: ServeOptions): Promise<void> {
  const options = Object.entries({ PORT: port, HOST: host, DATABASE_URL: database });
  const given = Object.fromEntries(options.filter(([, value]) => value !== undefined));
  const names = Object.entries(optionNames).filter(([variable]) => variable in given);
  const { serve } = await import('../server.js');
  await serve({ ...process.env, ...given }, Object.fromEntries(names));
}
