import type { LedgerClient } from '../faults/ledger-client';

const grant = `mutation ($id: ID!, $payer: String!, $points: Points!) { outcome: addTransaction(
  input: { accountId: $id, payer: $payer, points: $points, timestamp: "2020-11-02T14:00:00Z" }
) { entry: transaction { id } errors { code } } }`;
const hold = `mutation ($id: ID!, $points: Points!, $expiresAt: DateTime!) { outcome: holdPoints(
  input: { accountId: $id, points: $points, expiresAt: $expiresAt }
) { entry: hold { id } errors { code } } }`;
const capture = `mutation ($input: CaptureHoldInput!) { outcome: captureHold(input: $input) {
  entry: spend { id } errors { code } } }`;
const release = `mutation ($input: ReleaseHoldInput!) { outcome: releaseHold(input: $input) {
  entry: release { id } errors { code } } }`;
const account = `query ($id: ID!) { account(id: $id) {
  balances { payer points held }
  history(first: 100) { nodes { ... on Hold { sequence points held status expiresAt } } } } }`;

interface Sent {
  readonly outcome: {
    readonly entry: { readonly id: string } | null;
    readonly errors: readonly { readonly code: string }[];
  };
}

/** A hold as the API and the views show it. */
interface Hold {
  readonly sequence: number;
  readonly points: number;
  readonly held: number;
  readonly status: string;
  readonly expiresAt: string;
}

interface Seen {
  readonly account: {
    readonly balances: readonly object[];
    readonly history: { readonly nodes: readonly (Hold | Record<string, never>)[] };
  };
}

/** Requests about holds, of which each goes to the next server. */
export class HoldClients {
  #sent = 0;

  constructor(private readonly clients: readonly LedgerClient[]) {}

  async grant(id: string, payer: string, points: number): Promise<void> {
    await this.#accepted(grant, { id, payer, points });
  }

  /** Returns the id of the hold. */
  hold(id: string, points: number, expiresAt: string): Promise<string> {
    return this.#accepted(hold, { id, points, expiresAt });
  }

  /** Returns `accepted` or the code of the refusal. */
  capture(accountId: string, id: string, more: object = {}): Promise<string> {
    return this.#outcome(capture, { input: { accountId, id, ...more } });
  }

  release(accountId: string, id: string): Promise<string> {
    return this.#outcome(release, { input: { accountId, id } });
  }

  /** Returns the holds of an account, oldest first, and its balances by payer. */
  async read(id: string): Promise<{ holds: Hold[]; balances: readonly object[] }> {
    const { account: seen } = await this.#next().read<Seen>(account, { id });
    const isHold = (node: Hold | Record<string, never>): node is Hold => 'status' in node;
    return { holds: seen.history.nodes.filter(isHold).reverse(), balances: seen.balances };
  }

  async #accepted(query: string, variables: object): Promise<string> {
    const { outcome } = await this.#next().read<Sent>(query, variables);
    if (outcome.entry === null) throw new Error(`Refused: ${JSON.stringify(outcome.errors)}`);
    return outcome.entry.id;
  }

  async #outcome(query: string, variables: object): Promise<string> {
    const { outcome } = await this.#next().read<Sent>(query, variables);
    return outcome.errors.map(({ code }) => code).join() || 'accepted';
  }

  #next(): LedgerClient {
    this.#sent += 1;
    return this.clients[this.#sent % this.clients.length]!;
  }
}
