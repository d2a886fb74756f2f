import {
  type ApiAccount,
  type ApiEntry,
  type ApiPreview,
  lotsRequested,
  newestRequested,
  refusalFields,
} from './api-values';
import type { Evidence } from './evidence';
import type { LedgerClient } from './ledger-client';

const account = `query ($id: ID!) { account(id: $id) {
  points balances { payer points }
  lots(first: ${lotsRequested}) { nodes { remaining transaction { id } } }
  history(first: ${newestRequested}) { nodes { id } } } }`;
const preview = `query ($input: PreviewSpendInput!) { previewSpend(input: $input) {
  deductions { payer points } allocations { transaction { id } points } ${refusalFields} } }`;
const entry = `query ($id: ID!) { entry(id: $id) { id sequence recordedAt reference
  ... on Transaction { points payer timestamp }
  ... on Spend { points deductions { payer points } } } }`;

interface AccountData {
  readonly account:
    | (ApiAccount & { readonly history: { readonly nodes: readonly { readonly id: string }[] } })
    | null;
}

/** Reads an account. Its state is of one moment, its history perhaps of a later one. */
export async function lookAtAccount(client: LedgerClient, evidence: Evidence, accountId: string) {
  const sentAt = evidence.moment();
  const data = await dataOf<AccountData>(client, evidence, account, { id: accountId });
  if (data === null) return false;
  const receivedAt = evidence.moment();
  const seen = { kind: 'account', account: data.account, refused: null } as const;
  evidence.see(accountId, sentAt, receivedAt, seen);
  const ids = data.account?.history.nodes.map(({ id }) => id) ?? [];
  evidence.see(accountId, sentAt, receivedAt, { kind: 'history', ids });
  return true;
}

export async function lookAtPreview(
  client: LedgerClient,
  evidence: Evidence,
  accountId: string,
  points: number,
): Promise<boolean> {
  const sentAt = evidence.moment();
  const variables = { input: { accountId, points } };
  const data = await dataOf<{ previewSpend: ApiPreview }>(client, evidence, preview, variables);
  if (data === null) return false;
  const seen = { kind: 'preview', points, preview: data.previewSpend } as const;
  evidence.see(accountId, sentAt, evidence.moment(), seen);
  return true;
}

export async function lookAtEntry(
  client: LedgerClient,
  evidence: Evidence,
  accountId: string,
  id: string,
): Promise<boolean> {
  const sentAt = evidence.moment();
  const data = await dataOf<{ entry: ApiEntry | null }>(client, evidence, entry, { id });
  if (data === null) return false;
  evidence.see(accountId, sentAt, evidence.moment(), { kind: 'entry', id, entry: data.entry });
  return true;
}

/** Returns null if no complete response arrived; notes error codes that a read may not get. */
async function dataOf<Data>(
  client: LedgerClient,
  { forbidden }: Evidence,
  query: string,
  variables: object,
): Promise<Data | null> {
  const reply = await client.ask<Data>(query, variables);
  if (reply.kind !== 'responded') return null;
  const odd = reply.codes.filter((code) => code !== 'SERVICE_UNAVAILABLE' && code !== 'OVERLOADED');
  if (odd.length > 0) forbidden.push(`A read returned ${odd.join(', ')}`);
  return reply.codes.length === 0 ? reply.data : null;
}
