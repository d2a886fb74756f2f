import { instantText } from '../archive/instant-text';
import { type KeyRecord, keyStateAt } from '../auth/keys/key-record';
import type { KeyStore } from '../auth/keys/key-store';
import { openExistingKeyStore, openKeyStore } from '../auth/keys/open-key-store';
import type { UnreadableKey } from '../auth/keys/read-keys';
import { messageOf } from '../error-message';
import { CommandError } from './command-error';
import { makeKey, type NewKey } from './new-key';
import { storeOf } from './store';
import { print } from './write-text';

export interface KeyStoreOptions {
  readonly database?: string;
}

export interface CreateKeyOptions extends KeyStoreOptions, NewKey {}

/**
 * Prints the key alone to standard output, and everything else to standard error.
 *
 * @throws CommandError if a key has or had the name, or if the new one could not be printed.
 */
export async function createKey(options: CreateKeyOptions): Promise<void> {
  const { text, record } = makeKey(options, Date.now());
  await withKeyStore(openKeyStore(storeOf(options.database)), async (store) => {
    if (await store.create(record)) return;
    throw new CommandError(
      `There is or was a key ${JSON.stringify(record.name)}; name the new one otherwise, since entries show the name.`,
    );
  });
  await print(text).catch((error) => {
    throw new CommandError(
      `The key ${JSON.stringify(record.name)} was created, and could not be printed: ` +
        `${messageOf(error)}. Nobody has it: revoke it, and create another under a new name.`,
    );
  });
  console.error(`Created the key ${shown(record)}.\nStore it now: it cannot be printed again.`);
}

export async function listKeys(
  options: KeyStoreOptions & { readonly json?: boolean },
): Promise<void> {
  const { records, unreadable } = await withKeyStore(await openExisting(options), (store) =>
    store.read(),
  );
  for (const record of [...records].sort((one, other) => one.createdAt - other.createdAt)) {
    console.log(
      options.json ? JSON.stringify(listed(record)) : `${stateOf(record)} ${shown(record)}`,
    );
  }
  for (const key of unreadable) {
    console.log(options.json ? JSON.stringify(listedUnreadable(key)) : shownUnreadable(key));
  }
  if (records.length + unreadable.length === 0) console.error('There are no keys.');
}

export async function revokeKey(name: string, options: KeyStoreOptions): Promise<void> {
  const isRevoked = await withKeyStore(await openExisting(options), (store) =>
    store.revoke(name, Date.now()),
  );
  if (!isRevoked) {
    throw new CommandError(
      `There is no key ${JSON.stringify(name)} to revoke; \`points keys list\` shows the names.`,
    );
  }
  console.error(`Revoked the key ${JSON.stringify(name)}. Servers refuse it within 10 seconds.`);
}

function openExisting({ database }: KeyStoreOptions): Promise<KeyStore | null> {
  return openExistingKeyStore(storeOf(database));
}

async function withKeyStore<Result>(
  store: KeyStore | null,
  call: (store: KeyStore) => Promise<Result>,
): Promise<Result> {
  if (store === null) throw new CommandError('memory: holds no keys.');
  try {
    return await call(store);
  } finally {
    await store.close();
  }
}

function stateOf(record: KeyRecord): string {
  return keyStateAt(record, Date.now()).padEnd('revoked'.length);
}

/** Describes a key in a line, without its hash. */
function shown({ name, scopes, account, prefix, createdAt, expiresAt }: KeyRecord): string {
  const parts = [
    JSON.stringify(name),
    scopes.join(','),
    account === null ? null : `account ${JSON.stringify(account)}`,
    prefix === null ? null : `prefix ${JSON.stringify(prefix)}`,
    `created ${instantText(createdAt)}`,
    expiresAt === null ? 'never expires' : `expires ${instantText(expiresAt)}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function listed(record: KeyRecord): object {
  const { name, scopes, account, prefix, createdAt, expiresAt, revokedAt } = record;
  return {
    name,
    state: keyStateAt(record, Date.now()),
    scopes,
    account,
    prefix,
    createdAt: instantText(createdAt),
    expiresAt: expiresAt && instantText(expiresAt),
    revokedAt: revokedAt && instantText(revokedAt),
  };
}

function shownUnreadable(key: UnreadableKey): string {
  const { name, state, problem } = listedUnreadable(key);
  return `${state} ${name === null ? 'a key without a name' : JSON.stringify(name)}: ${problem}`;
}

function listedUnreadable({ name, problem, isRevoked }: UnreadableKey) {
  return { name, state: isRevoked ? 'revoked' : 'unreadable', problem };
}
