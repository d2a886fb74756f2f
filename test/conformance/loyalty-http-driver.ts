import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  AccountHistoryDocument,
  AddTransactionDocument,
  CaptureHoldDocument,
  EntryDocument,
  HoldPointsDocument,
  ReleaseHoldDocument,
  ReverseSpendDocument,
  ReverseTransactionDocument,
  SpendPointsDocument,
  type UserErrorFieldsFragment,
} from '../../src/operations/generated/operations';
import { sendOperation } from '../client/examples/send-operation';
import {
  gaveBack,
  lapsedAtOnce,
  partOf,
  refused,
  rowsOf,
  type Shown,
  shownOf,
  shownQuery,
  tookFrom,
} from './loyalty-http-results';
import type { LoyaltyCase, Step } from './loyalty-stories';

interface Options {
  readonly endpoint: string;
  readonly accountId: string;
  /** Moves the clock of the server. */
  readonly setClock: (instant: number) => void;
}

/** What a mutation returns, whichever it is. */
interface Outcome {
  readonly entry: { readonly id: string; readonly sequence: number } | null;
  readonly errors: readonly UserErrorFieldsFragment[];
  /** What the entry did, as stories tell it. */
  readonly content: object;
}

/** Runs one story through the API, over HTTP. */
export class LoyaltyHttpDriver {
  readonly #named = new Map<string, string>();
  #sequence = 0;

  constructor(private readonly options: Options) {}

  /** Runs the story and expects each of its results. */
  async play({ steps, expected }: LoyaltyCase): Promise<void> {
    for (const [index, step] of steps.entries()) {
      this.options.setClock(Date.parse(step.at));
      const result = step.op === 'read' ? await this.#read() : await this.#change(step);
      expect({ index, step, result }).toEqual({ index, step, result: expected[index] });
    }
  }

  async #change(step: Step): Promise<object> {
    const { entry, errors, content } = await this.#send(step);
    if (entry === null) return refused(errors);
    expect(errors).toEqual([]);
    if (step.as !== undefined) this.#named.set(step.as, entry.id);
    const rows = await this.#lapsedBefore(entry.sequence);
    this.#sequence = entry.sequence;
    return { answer: 'accepted', ...content, ...(rows.length === 0 ? {} : { lapsedBefore: rows }) };
  }

  #send(step: Step): Promise<Outcome> {
    switch (step.op) {
      case 'add':
        return this.#add(step);
      case 'spend':
        return this.#spend(step);
      case 'hold':
        return this.#hold(step);
      case 'capture':
        return this.#capture(step);
      case 'release':
        return this.#release(step);
      case 'reverseSpend':
        return this.#reverseSpend(step);
      case 'reverseTransaction':
        return this.#reverseTransaction(step);
      case 'read':
        throw new Error('a read changes nothing');
    }
  }

  async #add({ payer, points, timestamp, availableFrom, expiresAt }: Step): Promise<Outcome> {
    const { accountId } = this.options;
    const dates = { availableFrom: availableFrom ?? null, expiresAt: expiresAt ?? null };
    const grant = { accountId, payer: payer!, points: points!, timestamp: timestamp! };
    const variables = { input: { ...grant, ...dates } };
    const { addTransaction } = await this.#request(AddTransactionDocument, variables);
    const { transaction, errors } = addTransaction!;
    return { entry: transaction, errors, content: {} };
  }

  async #spend(step: Step): Promise<Outcome> {
    const variables = { input: this.#taking(step) };
    const { spend, errors } = (await this.#request(SpendPointsDocument, variables)).spendPoints!;
    return { entry: spend, errors, content: spend === null ? {} : tookFrom(spend) };
  }

  async #hold(step: Step): Promise<Outcome> {
    const variables = { input: { ...this.#taking(step), expiresAt: step.expiresAt! } };
    const { hold, errors } = (await this.#request(HoldPointsDocument, variables)).holdPoints!;
    if (hold !== null) expect(hold).toMatchObject({ held: hold.points, status: 'OPEN' });
    return { entry: hold, errors, content: hold === null ? {} : tookFrom(hold) };
  }

  async #capture(step: Step): Promise<Outcome> {
    const variables = { input: { ...this.#target(step), keepRest: step.keepRest ?? false } };
    const { spend, errors } = (await this.#request(CaptureHoldDocument, variables)).captureHold!;
    if (spend === null) return { entry: null, errors, content: {} };
    const back = spend.released.map(partOf);
    return { entry: spend, errors, content: { ...tookFrom(spend), back, ...lapsedAtOnce(spend) } };
  }

  async #release({ of }: Step): Promise<Outcome> {
    const { accountId } = this.options;
    const variables = { input: { accountId, id: this.#idOf(of) } };
    const { releaseHold } = await this.#request(ReleaseHoldDocument, variables);
    const { release, errors } = releaseHold!;
    if (release === null) return { entry: null, errors, content: {} };
    expect(release.hold).toMatchObject({ status: 'RELEASED' });
    return { entry: release, errors, content: gaveBack(release) };
  }

  async #reverseSpend(step: Step): Promise<Outcome> {
    const variables = { input: this.#target(step) };
    const { reverseSpend } = await this.#request(ReverseSpendDocument, variables);
    const { spendReversal, errors } = reverseSpend!;
    if (spendReversal === null) return { entry: null, errors, content: {} };
    return { entry: spendReversal, errors, content: gaveBack(spendReversal) };
  }

  async #reverseTransaction(step: Step): Promise<Outcome> {
    const variables = { input: { ...this.#target(step), spentPart: step.spentPart ?? 'REFUSE' } };
    const { reverseTransaction } = await this.#request(ReverseTransactionDocument, variables);
    const { transactionReversal: entry, errors } = reverseTransaction!;
    if (entry === null) return { entry, errors, content: {} };
    const { fromLot, debited, lifted } = entry;
    return { entry, errors, content: lifted > 0 ? { lifted } : { fromLot, debited } };
  }

  #taking({ points, only, except, upTo }: Step) {
    const { accountId } = this.options;
    const taking = { accountId, points: points!, upTo: upTo ?? false };
    if (only !== undefined) return { ...taking, payers: { only: [...only] } };
    return except === undefined ? taking : { ...taking, payers: { except: [...except] } };
  }

  #target({ of, points }: Step) {
    const { accountId } = this.options;
    return { accountId, id: this.#idOf(of), points: points ?? null };
  }

  #idOf(name: string | undefined): string {
    return this.#named.get(name!) ?? 'an id of no entry';
  }

  /**
   * Returns what was recorded between the last accepted entry and this one, in one entry or more.
   */
  async #lapsedBefore(sequence: number): Promise<object[]> {
    const first = sequence - this.#sequence;
    const variables = { id: this.options.accountId, first };
    const { account } = await this.#request(AccountHistoryDocument, variables);
    const entries = account!.history.edges.map(({ node }) => node).reverse();
    expect(entries.at(-1)).toMatchObject({ sequence });
    const rows: object[] = [];
    for (const { id } of entries.slice(0, -1)) {
      const { entry } = await this.#request(EntryDocument, { id });
      if (entry?.__typename !== 'Lapse') throw new Error('a client requested no such entry');
      rows.push(...rowsOf(entry));
    }
    return rows;
  }

  async #read(): Promise<object> {
    const { endpoint, accountId } = this.options;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: shownQuery, variables: { id: accountId } }),
    });
    const { data } = (await response.json()) as { data: { account: Shown | null } };
    return shownOf(data.account);
  }

  #request<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    return sendOperation(this.options.endpoint, document, variables);
  }
}
