import { bucketHeader, bucketOf } from './bucket';

/** The account of a request that names none. */
const defaultAccount = 'default';

/** The variables of an operation. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * Returns the header for an operation with these variables, or no header if they name no account or
 * accounts of several buckets.
 *
 * The variables that name accounts are `accountId`, `id` (of an account or an entry), `input` with
 * its `accountId` or its `transactions`, and `transactions`. Inputs without `accountId` are for
 * `default`.
 */
export function bucketHeaders(variables: Variables | null | undefined): Record<string, string> {
  const bucket = bucketOfAll(accountsIn(variables ?? {}));
  return bucket === null ? {} : { [bucketHeader]: String(bucket) };
}

/** Stops at the first account of another bucket. Hashes each id once. */
function bucketOfAll(accountIds: Iterable<string>): number | null {
  const seen = new Set<string>();
  let bucket: number | null = null;
  for (const accountId of accountIds) {
    if (seen.has(accountId)) continue;
    seen.add(accountId);
    const next = bucketOf(accountId);
    if (bucket !== null && next !== bucket) return null;
    bucket = next;
  }
  return bucket;
}

function* accountsIn(variables: Variables): Generator<string> {
  if ('accountId' in variables) yield* accountIn(variables);
  if ('id' in variables) yield* named(variables.id ?? defaultAccount, accountOf);
  for (const input of [variables.input, variables.transactions]) {
    if (isObjectOrList(input)) yield* accountsOfInput(input);
  }
}

function* accountsOfInput(input: Variables | readonly unknown[]): Generator<string> {
  if (Array.isArray(input)) {
    for (const row of input) if (isObjectOrList(row)) yield* accountIn(row as Variables);
  } else if (Array.isArray((input as Variables).transactions)) {
    yield* accountsOfInput((input as Variables).transactions as readonly unknown[]);
  } else {
    yield* accountIn(input as Variables);
  }
}

/**
 * Yields the account of a row. JSON has no `undefined`: the server does not receive such a member.
 */
function* accountIn({ accountId = defaultAccount }: Variables): Generator<string> {
  yield* named(accountId, (id) => id);
}

/** Yields nothing for a value that is not an id. GraphQL accepts numbers as ids. */
function* named(id: unknown, accountIdOf: (id: string) => string): Generator<string> {
  if (typeof id === 'string' || typeof id === 'number') yield accountIdOf(String(id));
}

/**
 * Returns the account of an entry's id, which is in base64url and begins with the account and a
 * line break. Any other id is that of an account.
 */
function accountOf(id: string): string {
  if (!/^[\w-]{8,}$/.test(id)) return id;
  const [accountId, sequence, ...rest] = decoded(id).split('\n');
  return rest.length === 1 && /^[1-9]\d*$/.test(sequence!) ? accountId! : id;
}

function decoded(base64url: string): string {
  try {
    const bytes = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return '';
  }
}

function isObjectOrList(value: unknown): value is Variables | readonly unknown[] {
  return typeof value === 'object' && value !== null;
}
