import { bucketHeader, bucketOf } from '../../src/client/bucket';
import { type Ends, endsOf } from '../dated/ends';
import {
  type AccountAdd,
  nextKey,
  type RowKind,
  someAccountId,
  someAdd,
} from '../support/ledger-traffic';
import { postRequest } from '../support/post-request';

/** The kinds of requests of a load, each without end. */
export type RequestKind =
  | { readonly kind: 'referenceAdd' }
  | {
      readonly kind: 'addTransaction';
      readonly accounts: number;
      /** True if requests have the header with the bucket of their account. */
      readonly hasBucket?: boolean;
      /** The key that requests are sent with. */
      readonly key?: string;
      /** When their points expire: never, if it is left out. */
      readonly ends?: Ends;
    }
  | { readonly kind: 'balances' }
  | (RowKind & { readonly kind: 'addTransactions' });

export const rowsPerBulk = 1_000;

const referenceAdd = 'mutation Add($points: Int!) { add(points: $points) }';

const addTransaction = `mutation AddTransaction($input: AddTransactionInput!) {
  addTransaction(input: $input) {
    transaction { id sequence } account { points } replayed errors { code }
  }
}`;

const balances = `query Balances($accountId: ID!) {
  balances(accountId: $accountId) { payer points }
}`;

const addTransactions = `mutation AddTransactions($input: AddTransactionsInput!) {
  addTransactions(input: $input) {
    results { transaction { id sequence } replayed errors { code } }
  }
}`;

const accept = 'accept: application/json';

/** Number of different small requests that are made beforehand and sent repeatedly, at least. */
const preparedMin = 4_096;
/** More than are sent in a burst: what is repeated would find its date in the store. */
const datedPrepared = 16_384;

/** Returns a function that returns the bytes of the next request. */
export function requestSource(kind: RequestKind, port: number): () => Buffer {
  if (kind.kind === 'addTransactions') return () => postRequest(port, bulkBody(kind), accept);
  const prepared = preparedOf(kind);
  const requests = Array.from({ length: prepared }, () => smallRequest(kind, port));
  let next = 0;
  return () => {
    next = (next + 1) % prepared;
    return requests[next];
  };
}

function preparedOf(kind: SmallKind): number {
  if (kind.kind !== 'addTransaction') return preparedMin;
  return Math.max(kind.ends === undefined ? preparedMin : datedPrepared, kind.accounts);
}

type SmallKind = Exclude<RequestKind, { kind: 'addTransactions' }>;

function smallRequest(request: SmallKind, port: number): Buffer {
  switch (request.kind) {
    case 'referenceAdd': {
      const body = bodyOf(referenceAdd, { points: someAdd().command.points });
      return postRequest(port, body, accept);
    }
    case 'addTransaction': {
      const add = someAdd(request.accounts);
      const headers = request.hasBucket ? [`${bucketHeader}: ${bucketOf(add.accountId)}`] : [];
      if (request.key !== undefined) headers.push(`authorization: Bearer ${request.key}`);
      const input = { ...inputOf(add), ...expiryOf(request.ends) };
      return postRequest(port, bodyOf(addTransaction, { input }), accept, ...headers);
    }
    case 'balances':
      return postRequest(port, bodyOf(balances, { accountId: someAccountId() }), accept);
  }
}

function bodyOf(query: string, variables: object): string {
  return JSON.stringify({ query, variables });
}

function inputOf({ accountId, command }: AccountAdd): object {
  const { payer, points, timestamp } = command;
  return { accountId, payer, points, timestamp: new Date(timestamp).toISOString() };
}

function expiryOf(ends: Ends = 'never'): object {
  const end = endsOf[ends]();
  return end === null ? {} : { expiresAt: new Date(end).toISOString() };
}

/** Rows made beforehand, as texts: the load must be faster than what it measures. */
const rowTexts = new Map<number, readonly string[]>();

function bulkBody({ accounts, keys }: RowKind): string {
  const texts = rowTexts.get(accounts) ?? prepareRows(accounts);
  const offset = Math.floor(Math.random() * texts.length);
  const rows: string[] = [];
  for (let index = 0; index < rowsPerBulk; index += 1) {
    const row = texts[(offset + index) % texts.length];
    const key = nextKey(keys);
    rows.push(key === null ? `${row}}` : `${row},"idempotencyKey":"${key}"}`);
  }
  const head = JSON.stringify({ query: addTransactions }).slice(0, -1);
  return `${head},"variables":{"input":{"transactions":[${rows.join(',')}]}}}`;
}

/** Makes rows without the closing brace, since a key may follow. */
function prepareRows(accounts: number): readonly string[] {
  const texts = Array.from({ length: 20_000 }, () =>
    JSON.stringify(inputOf(someAdd(accounts))).slice(0, -1),
  );
  rowTexts.set(accounts, texts);
  return texts;
}
