import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  AccountHistoryDocument,
  AddTransactionDocument,
  type AllocationFieldsFragment,
  EntryDocument,
  type LotLapseFieldsFragment,
  ReverseSpendDocument,
  ReverseTransactionDocument,
  SpendPointsDocument,
  type UserErrorFieldsFragment,
} from '../../src/operations/generated/operations';
import { sendOperation } from '../client/examples/send-operation';
import type { LoyaltyCase, Step } from './loyalty-cases';

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
        return this.#spend(step.points!);
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

  async #spend(points: number): Promise<Outcome> {
    const variables = { input: { accountId: this.options.accountId, points } };
    const { spend, errors } = (await this.#request(SpendPointsDocument, variables)).spendPoints!;
    const content = spend === null ? {} : { took: spend.allocations.map(partOf) };
    return { entry: spend, errors, content };
  }

  async #reverseSpend(step: Step): Promise<Outcome> {
    const variables = { input: this.#reversal(step) };
    const { reverseSpend } = await this.#request(ReverseSpendDocument, variables);
    const { spendReversal, errors } = reverseSpend!;
    if (spendReversal === null) return { entry: null, errors, content: {} };
    const { allocations, lapses } = spendReversal;
    const lapsed = lapses.length === 0 ? {} : { lapsedAtOnce: lapses.map(expiryOf) };
    return { entry: spendReversal, errors, content: { back: allocations.map(partOf), ...lapsed } };
  }

  async #reverseTransaction(step: Step): Promise<Outcome> {
    const variables = { input: { ...this.#reversal(step), spentPart: step.spentPart ?? 'REFUSE' } };
    const { reverseTransaction } = await this.#request(ReverseTransactionDocument, variables);
    const { transactionReversal: entry, errors } = reverseTransaction!;
    if (entry === null) return { entry, errors, content: {} };
    const { fromLot, debited, lifted } = entry;
    return { entry, errors, content: lifted > 0 ? { lifted } : { fromLot, debited } };
  }

  #reversal({ of, points }: Step) {
    const id = this.#named.get(of!) ?? 'an id of no entry';
    return { accountId: this.options.accountId, id, points: points ?? null };
  }

  /** Returns what was recorded between the last accepted entry and this one, in one entry or more. */
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
      rows.push(...inOrder([...entry.lots.map(expiryOf), ...entry.begun.map(beginningOf)]));
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
    return shown(data.account ?? nothing);
  }

  #request<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    return sendOperation(this.options.endpoint, document, variables);
  }
}

interface Granted {
  readonly transaction: { readonly payer: string; readonly timestamp: string };
}

interface Shown {
  readonly points: number;
  readonly pending: number;
  readonly balances: readonly { payer: string; points: number; pending: number }[];
  readonly lots: { readonly nodes: readonly (Granted & { remaining: number })[] };
  readonly expiries: { readonly nodes: readonly (Granted & { at: string; points: number })[] };
}

const shownQuery = `query ($id: ID!) {
  account(id: $id) {
    points pending balances { payer points pending }
    lots(first: 100) { nodes { remaining transaction { payer timestamp } } }
    expiries(first: 100) { nodes { at points transaction { payer timestamp } } }
  }
}`;

const nothing: Shown = {
  points: 0,
  pending: 0,
  balances: [],
  lots: { nodes: [] },
  expiries: { nodes: [] },
};

function shown({ points, pending, balances, lots, expiries }: Shown): object {
  const begins = balances.filter((each) => each.pending > 0);
  return {
    points,
    balances: Object.fromEntries(balances.map((each) => [each.payer, each.points])),
    pending,
    pendingByPayer: Object.fromEntries(begins.map((each) => [each.payer, each.pending])),
    lots: lots.nodes.map(({ remaining, transaction }) => ({ ...lotOf(transaction), remaining })),
    expiring: expiries.nodes.map((node) => {
      return { at: textOf(node.at), ...lotOf(node.transaction), points: node.points };
    }),
  };
}

function refused(errors: readonly UserErrorFieldsFragment[]): object {
  expect(errors).toHaveLength(1);
  const { __typename, message, path, ...figures } = errors[0]! as UserErrorFieldsFragment & {
    readonly payer?: string;
    readonly requested?: number;
  };
  const { payer: _payer, requested: _requested, ...shownParts } = figures;
  return { answer: 'refused', ...shownParts };
}

function partOf({ points, transaction }: AllocationFieldsFragment): object {
  return { ...lotOf(transaction), points };
}

interface Row {
  readonly kind: 'expiry' | 'begun';
  readonly at: string;
  readonly [figure: string]: unknown;
}

function expiryOf({ at, expired, settled, transaction }: LotLapseFieldsFragment): Row {
  return { kind: 'expiry', at: textOf(at), ...lotOf(transaction), expired, settled };
}

function beginningOf({ at, points, transaction }: Granted & { at: string; points: number }): Row {
  return { kind: 'begun', at: textOf(at), ...lotOf(transaction), points };
}

/** At one instant, lots expire before others begin; each list is in order. */
function inOrder(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function lotOf({ payer, timestamp }: Granted['transaction']) {
  return { payer, earned: textOf(timestamp) };
}

function textOf(instant: string): string {
  return instant.replace('.000Z', 'Z');
}
