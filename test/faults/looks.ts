import type { Evidence } from './evidence';
import type { LedgerClient } from './ledger-client';
import {
  lotsAsked,
  newestAsked,
  refusalFields,
  type ToldAccount,
  type ToldEntry,
  type ToldPreview,
} from './told';

const account = `query ($id: ID!) { account(id: $id) {
  points balances { payer points }
  lots(first: ${lotsAsked}) { nodes { remaining transaction { id } } }
  history(first: ${newestAsked}) { nodes { id } } } }`;
const preview = `query ($input: PreviewSpendInput!) { previewSpend(input: $input) {
  deductions { payer points } allocations { transaction { id } points } ${refusalFields} } }`;
const entry = `query ($id: ID!) { entry(id: $id) { id sequence recordedAt reference
  ... on Transaction { points payer timestamp }
  ... on Spend { points deductions { payer points } } } }`;

interface AccountData {
  readonly account:
    | (ToldAccount & { readonly history: { readonly nodes: readonly { readonly id: string }[] } })
    | null;
}

/** Reads an account. Its state is of one moment, its history perhaps of a later one. */
export async function lookAtAccount(client: LedgerClient, evidence: Evidence, accountId: string) {
  const sentAt = evidence.moment();
  const data = await answerOf<AccountData>(client, evidence, account, { id: accountId });
  if (data === null) return false;
  const answeredAt = evidence.moment();
  const seen = { kind: 'account', account: data.account, refused: null } as const;
  evidence.see(accountId, sentAt, answeredAt, seen);
  const ids = data.account?.history.nodes.map(({ id }) => id) ?? [];
  evidence.see(accountId, sentAt, answeredAt, { kind: 'history', ids });
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
  const data = await answerOf<{ previewSpend: ToldPreview }>(client, evidence, preview, variables);
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
  const data = await answerOf<{ entry: ToldEntry | null }>(client, evidence, entry, { id });
  if (data === null) return false;
  evidence.see(accountId, sentAt, evidence.moment(), { kind: 'entry', id, entry: data.entry });
  return true;
}

/** Null if the whole of it was not answered, which a read may hear in two ways only. */
async function answerOf<Data>(
  client: LedgerClient,
  { forbidden }: Evidence,
  query: string,
  variables: object,
): Promise<Data | null> {
  const reply = await client.ask<Data>(query, variables);
  if (reply.kind !== 'answered') return null;
  const odd = reply.codes.filter((code) => code !== 'SERVICE_UNAVAILABLE' && code !== 'OVERLOADED');
  if (odd.length > 0) forbidden.push(`A read was answered ${odd.join(', ')}`);
  return reply.codes.length === 0 ? reply.data : null;
}
