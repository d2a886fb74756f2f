import type { PayerPoints } from '../../src/ledger/entry';
import type { Attempt, Evidence, Result } from './evidence';
import type { LedgerClient, Reply } from './ledger-client';

/** A command on its way: what every attempt to send it has in common. */
export type Intent = Pick<Attempt, 'accountId' | 'command'>;

/** What is sent in one request: one command, or, in a bulk call, several adds. */
export interface Call {
  readonly kind: 'single' | 'bulk';
  readonly intents: readonly Intent[];
}

interface Payload {
  readonly entry: {
    readonly id: string;
    readonly sequence: number;
    readonly points: number;
  } | null;
  readonly account: { readonly balances: readonly PayerPoints[] } | null;
  readonly replayed: boolean;
  readonly errors: readonly { readonly available?: number }[];
}

const rest = `account { balances { payer points } } replayed errors {
  code
  ... on InsufficientPointsError { available }
  ... on PayerWouldGoNegativeError { available }
}`;
const added = `entry: transaction { id sequence points } ${rest}`;
const addOne = `mutation ($input: AddTransactionInput!) {
  done: addTransaction(input: $input) { ${added} } }`;
const addMany = `mutation ($input: AddTransactionsInput!) {
  done: addTransactions(input: $input) { results { ${added} } } }`;
const spendOne = `mutation ($input: SpendPointsInput!) {
  done: spendPoints(input: $input) { entry: spend { id sequence points } ${rest} } }`;
const look = 'query ($id: ID!) { account(id: $id) { balances { payer points } } }';

/** Sends requests to one run of a server, and notes what was sent and what was heard. */
export class Witness {
  constructor(
    readonly client: LedgerClient,
    readonly evidence: Evidence,
    readonly life: number,
  ) {}

  /** False if no answer came. */
  async send(call: Call): Promise<boolean> {
    const { evidence, life } = this;
    const number = evidence.call();
    const sentAt = evidence.moment();
    const reply = await this.#ask(call);
    const answeredAt = reply.kind === 'answered' ? evidence.moment() : Number.POSITIVE_INFINITY;
    const payloads = payloadsOf(reply);
    call.intents.forEach((intent, row) => {
      const result = resultOf(reply, payloads?.[row]);
      evidence.attempts.push({ ...intent, call: number, life, sentAt, answeredAt, result });
      if (payloads === null) return;
      const balances = payloads[row].account?.balances ?? null;
      evidence.sightings.push({ accountId: intent.accountId, sentAt, answeredAt, balances });
    });
    return reply.kind === 'answered';
  }

  /** Reads an account. False if no answer came. */
  async look(accountId: string): Promise<boolean> {
    const sentAt = this.evidence.moment();
    const reply = await this.client.ask<{ account: Payload['account'] }>(look, { id: accountId });
    if (reply.kind !== 'answered' || reply.data === null || reply.codes.length > 0) return false;
    const answeredAt = this.evidence.moment();
    const balances = reply.data.account?.balances ?? null;
    this.evidence.sightings.push({ accountId, sentAt, answeredAt, balances });
    return true;
  }

  #ask({ kind, intents }: Call): Promise<Reply<Data>> {
    const inputs = intents.map(inputOf);
    if (kind === 'bulk') return this.client.ask(addMany, { input: { transactions: inputs } });
    const isAdd = intents[0].command.kind === 'addTransaction';
    return this.client.ask(isAdd ? addOne : spendOne, { input: inputs[0] });
  }
}

interface Data {
  readonly done: Payload | { readonly results: readonly Payload[] } | null;
}

function inputOf({ accountId, command }: Intent): object {
  const { points, reference, idempotencyKey } = command;
  const common = { accountId, points, reference, idempotencyKey };
  if (command.kind === 'spendPoints') return common;
  return { ...common, payer: command.payer, timestamp: new Date(command.timestamp).toISOString() };
}

/** What was answered, row by row; null if there was no answer, or none but an error. */
function payloadsOf(reply: Reply<Data>): readonly Payload[] | null {
  const done = reply.kind === 'answered' ? reply.data?.done : null;
  if (done == null) return null;
  return 'results' in done ? done.results : [done];
}

function resultOf(reply: Reply<Data>, payload: Payload | undefined): Result {
  if (reply.kind === 'unsent') return { kind: 'failed' };
  if (reply.kind === 'unanswered') return { kind: 'unknown' };
  if (payload === undefined) return resultOfCodes(reply.codes);
  const { entry, replayed, errors } = payload;
  if (entry === null) return { kind: 'refused', available: errors[0].available ?? null };
  return { kind: 'accepted', ...entry, replayed };
}

function resultOfCodes(codes: readonly string[]): Result {
  const [code] = codes;
  if (code === 'SERVICE_UNAVAILABLE' || code === 'OVERLOADED') return { kind: 'failed' };
  if (code === 'OUTCOME_UNKNOWN') return { kind: 'unknown' };
  throw new Error(`No load of these tests may be answered with ${codes.join(', ')}`);
}
