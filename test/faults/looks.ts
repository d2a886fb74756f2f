import { type ApiAccount, accountFields, accountPages } from './api-account';
import { type ApiEntry, anyEntryFields } from './api-entry';
import type { ApiPreview, PreviewRequest } from './api-preview';
import { instantOrNull, refusalFields } from './api-values';
import { apart } from './current-values';
import type { Evidence } from './evidence';
import type { LedgerClient } from './ledger-client';

/** How many of an account's newest entries are requested. */
export const newestRequested = 2;

const account = `query ($id: ID!, $at: DateTime) { account(id: $id, at: $at) {
  ${accountFields} ${accountPages}
  history(first: ${newestRequested}) { nodes { ${anyEntryFields} } } } }`;
const preview = `query ($input: PreviewSpendInput!) { previewSpend(input: $input) {
  deductions { payer points } allocations { transaction { id } points } ${refusalFields} } }`;
const entry = `query ($id: ID!) { entry(id: $id) { ${anyEntryFields} } }`;

interface AccountData {
  readonly account:
    | (ApiAccount & { readonly history: { readonly nodes: readonly ApiEntry[] } })
    | null;
}

/**
 * Reads an account, perhaps as it is at a later instant if nobody does anything. Its state is of
 * one moment, its history and what is current of the entries in it perhaps of later ones.
 */
export async function lookAtAccount(
  client: LedgerClient,
  evidence: Evidence,
  accountId: string,
  at?: number,
): Promise<boolean> {
  const sentAt = evidence.moment();
  const variables = { id: accountId, at: instantOrNull(at) };
  const data = await dataOf<AccountData>(client, evidence, account, variables);
  if (data === null) return false;
  const receivedAt = evidence.moment();
  const seen = { kind: 'account', account: data.account, refused: null, at } as const;
  evidence.see(accountId, sentAt, receivedAt, seen);
  const newest = data.account?.history.nodes.map(apart) ?? [];
  const nodes = newest.map((each) => each.entry);
  evidence.see(accountId, sentAt, receivedAt, { kind: 'history', nodes });
  for (const value of newest.flatMap(({ current }) => current)) {
    evidence.see(accountId, sentAt, receivedAt, value);
  }
  return true;
}

export async function lookAtPreview(
  client: LedgerClient,
  evidence: Evidence,
  accountId: string,
  request: PreviewRequest,
): Promise<boolean> {
  const sentAt = evidence.moment();
  const input = { ...request, accountId, at: instantOrNull(request.at) };
  const data = await dataOf<{ previewSpend: ApiPreview }>(client, evidence, preview, { input });
  if (data === null) return false;
  const seen = { kind: 'preview', request, preview: data.previewSpend } as const;
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
  const receivedAt = evidence.moment();
  const found = data.entry === null ? null : apart(data.entry);
  const seen = { kind: 'entry', id, entry: found?.entry ?? null } as const;
  for (const each of [seen, ...(found?.current ?? [])]) {
    evidence.see(accountId, sentAt, receivedAt, each);
  }
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
