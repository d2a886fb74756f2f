import { type Command, Option } from 'commander';
import { databaseHelp, databaseOption } from './database-option';
import type { CreateKeyOptions, KeyStoreOptions } from './keys-of-store';
import { once } from './repeatable';

export function addKeys(points: Command): void {
  const keys = points
    .command('keys')
    .summary('create, list and revoke the keys of a ledger')
    .description(
      'Manages the keys with which programs authenticate. Servers may be using the store: they ' +
        'accept a new key at once, and refuse a revoked one within 10 seconds.',
    )
    .helpCommand(false);
  addCreate(keys);
  addList(keys);
  addRevoke(keys);
}

function addCreate(keys: Command): void {
  keys
    .command('create')
    .summary('create a key and print it')
    .description(
      'Creates a key and prints it, alone, to standard output. It is not stored and cannot be ' +
        'printed again. From the first key on, servers with AUTH unset require authentication.',
    )
    .requiredOption(
      '--name <name>',
      'a name that no other key has or had; entries show it as actor',
    )
    .requiredOption(
      '--scope <scopes>',
      'what the key may do, separated by commas: points:read, points:spend, points:write, points:admin',
      (value: string, earlier?: string) => (earlier === undefined ? value : `${earlier},${value}`),
    )
    .addOption(
      new Option('--account <id>', 'limit the key to one account')
        .argParser(once)
        .conflicts('prefix'),
    )
    .option(
      '--prefix <text>',
      'limit the key to accounts whose id begins with this text, which ends in : / . _ or -',
      once,
    )
    .option('--expires <time>', 'when the key expires, such as 90d or 12h (default: never)')
    .option(databaseOption, databaseHelp)
    .action(async (options: CreateKeyOptions) => {
      const { createKey } = await import('./keys-of-store.js');
      await createKey(options);
    });
}

function addList(keys: Command): void {
  keys
    .command('list')
    .summary('list all keys, without the keys themselves')
    .option(databaseOption, databaseHelp)
    .option('--json', 'print one JSON object per key and line')
    .action(async (options: KeyStoreOptions & { readonly json?: boolean }) => {
      const { listKeys } = await import('./keys-of-store.js');
      await listKeys(options);
    });
}

function addRevoke(keys: Command): void {
  keys
    .command('revoke')
    .summary('revoke a key')
    .description('Revokes a key for good. Servers refuse it within 10 seconds.')
    .argument('<name>', 'the name of the key')
    .option(databaseOption, databaseHelp)
    .action(async (name: string, options: KeyStoreOptions) => {
      const { revokeKey } = await import('./keys-of-store.js');
      await revokeKey(name, options);
    });
}
