import type { Command } from 'commander';

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
    .action(serve);
}

/** The settings are read from the environment by the program itself, which starts when loaded. */
async function serve({ port, host, database }: ServeOptions): Promise<void> {
  const given = { PORT: port, HOST: host, DATABASE_URL: database };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) process.env[name] = value;
  }
  await import('../main.js');
}
