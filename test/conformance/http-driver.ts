import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import {
  AccountHistoryDocument,
  AddTransactionDocument,
  BalancesDocument,
  SpendPointsDocument,
} from '../../src/operations/generated/operations';
import type { AddOperation, Driver, PayerPoints, Result, SpendOperation } from './cases';

/** Runs operations through the API with Apollo Client over HTTP. */
export class HttpDriver implements Driver {
  /** Messages of operations that a scalar refused, so that the rules never saw them. */
  readonly refusedAtTheBoundary: string[] = [];
  readonly #client: ApolloClient;
  readonly #accountId: string;
  #accepted = 0;

  constructor(uri: string | (() => string), accountId: string) {
    const always = { fetchPolicy: 'no-cache' } as const;
    this.#client = new ApolloClient({
      cache: new InMemoryCache(),
      link: new HttpLink({ uri }),
      defaultOptions: { query: always, mutate: always },
    });
    this.#accountId = accountId;
  }

  async add({ payer, points, timestamp }: AddOperation): Promise<Result> {
    const input = { accountId: this.#accountId, payer, points, timestamp };
    const adding = this.#client.mutate({ mutation: AddTransactionDocument, variables: { input } });
    const added = await adding.catch((error: unknown) => this.#refusedAtTheBoundary(error));
    if (added === null) return { kind: 'refused', code: null };
    const { transaction, errors } = added.data!.addTransaction!;
    if (transaction === null) return refused(errors);
    expect(transaction).toMatchObject({ payer, points });
    this.#accepted += 1;
    return { kind: 'accepted', deductions: null };
  }

  async spend({ points }: SpendOperation): Promise<Result> {
    const variables = { input: { accountId: this.#accountId, points } };
    const { data } = await this.#client.mutate({ mutation: SpendPointsDocument, variables });
    const { spend, errors } = data!.spendPoints!;
    if (spend === null) return refused(errors);
    this.#accepted += 1;
    return { kind: 'accepted', deductions: spend.deductions.map(payerPoints) };
  }

  async balances(): Promise<readonly PayerPoints[]> {
    const variables = { accountId: this.#accountId };
    const { data } = await this.#client.query({ query: BalancesDocument, variables });
    return data!.balances.map(payerPoints);
  }

  /** Returns the sequence of the account's last entry. */
  async sequence(): Promise<number> {
    const variables = { id: this.#accountId, first: 1 };
    const { data } = await this.#client.query({ query: AccountHistoryDocument, variables });
    return data!.account?.history.edges[0]?.node.sequence ?? 0;
  }

  /** Checks that a top-level error left the account unchanged; rethrows any other error. */
  async #refusedAtTheBoundary(error: unknown): Promise<null> {
    if (!CombinedGraphQLErrors.is(error)) throw error;
    expect(error.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await this.sequence()).toBe(this.#accepted);
    this.refusedAtTheBoundary.push(error.message);
    return null;
  }
}

/** Removes the type name that Apollo Client adds. */
function payerPoints({ payer, points }: PayerPoints): PayerPoints {
  return { payer, points };
}

function refused(errors: readonly { readonly code: string }[]): Result {
  expect(errors).toHaveLength(1);
  return { kind: 'refused', code: errors[0].code };
}
