import type { Command } from 'commander';
import { databaseHelp, databaseOption } from './database-option';
import type { SweepOptions } from './record-due';

export function addSweep(points: Command): void {
  points
    .command('sweep')
    .summary('record what has expired, begun or ended')
    .description(
      'Records what is due in every account, as the sweep of a server does every minute: points ' +
        'that expired or began, and holds that ended. Every response of a server shows it anyway; ' +
        'history and SQL show it once it is recorded. Run it before the reports of a month. On ' +
        'PostgreSQL servers may be running; a SQLite file must not be in use.',
    )
    .option(databaseOption, databaseHelp)
    .option('--until <instant>', 'record what was due at or before this instant (default: now)')
    .option(
      '--accept-clock',
      'tell servers whose sweep stopped because the clock jumped that it is right (PostgreSQL)',
    )
    .option('--json', 'print the result as JSON')
    .action(async (options: SweepOptions) => {
      const { recordDue } = await import('./record-due.js');
      process.exitCode = await recordDue(options);
    });
}
