import type { LifeRefusal } from '../model/naive-outcome';
import type { ApiAccount } from './api-account';
import type { ApiEntry } from './api-entry';
import type { PreviewRequest } from './api-preview';
import { documents, inputOf, manyAdds } from './change-documents';
import { apart } from './current-values';
import type { Attempt, Evidence, Result, Sighting } from './evidence';
import type { LedgerClient, Reply } from './ledger-client';
import { lookAtAccount, lookAtEntry, lookAtPreview } from './looks';

/** What all attempts to send a command have in common. */
export type Intent = Pick<Attempt, 'accountId' | 'command' | 'targetId'>;

/** The commands of one request: one command, or, in a bulk call, several adds. */
export interface Call {
  readonly kind: 'single' | 'bulk';
  readonly intents: readonly Intent[];
}

interface Payload {
  readonly entry: ApiEntry | null;
  readonly account: ApiAccount | null;
  readonly replayed: boolean;
  readonly errors: readonly LifeRefusal[];
}

/** Sends requests to one run of a server, and notes what was sent and received. */
export class Witness {
  constructor(
    readonly client: LedgerClient,
    readonly evidence: Evidence,
    readonly life: number,
  ) {}

  /** Sends a call and returns the result of each command; null if no response arrived. */
  async send(call: Call): Promise<readonly Result[] | null> {
    const { evidence, life } = this;
    const number = evidence.call();
    const sentAt = evidence.moment();
    const reply = await this.#ask(call);
    const receivedAt = reply.kind === 'responded' ? evidence.moment() : Number.POSITIVE_INFINITY;
    const payloads = payloadsOf(reply);
    const results = call.intents.map((intent, row) => {
      const result = resultOf(reply, payloads?.[row], evidence);
      evidence.attempts.push({ ...intent, call: number, life, sentAt, receivedAt, result });
      return result;
    });
    if (payloads !== null) {
      evidence.sightings.push(...sightingsOf(call, payloads, { sentAt, receivedAt }));
    }
    return reply.kind === 'responded' ? results : null;
  }

  /**
   * Reads an account with its first lots and newest entries, perhaps as it is at a later instant.
   * Returns false if no response arrived.
   */
  look(accountId: string, at?: number): Promise<boolean> {
    return lookAtAccount(this.client, this.evidence, accountId, at);
  }

  /** Previews a spend. Returns false if no response arrived. */
  preview(accountId: string, request: PreviewRequest): Promise<boolean> {
    return lookAtPreview(this.client, this.evidence, accountId, request);
  }

  /** Reads an entry by its id. Returns false if no response arrived. */
  lookUp(accountId: string, id: string): Promise<boolean> {
    return lookAtEntry(this.client, this.evidence, accountId, id);
  }

  #ask({ kind, intents }: Call): Promise<Reply<Data>> {
    const inputs = intents.map(inputOf);
    if (kind === 'bulk') return this.client.ask(manyAdds, { input: { transactions: inputs } });
    return this.client.ask(documents[intents[0].command.kind], { input: inputs[0] });
  }
}

interface Data {
  readonly done: Payload | { readonly results: readonly Payload[] } | null;
}

/** Returns the response row by row; null if there was no response, or only an error. */
function payloadsOf(reply: Reply<Data>): readonly Payload[] | null {
  const done = reply.kind === 'responded' ? reply.data?.done : null;
  if (reply.kind !== 'responded' || done == null) return null;
  const payloads = 'results' in done ? done.results : [done];
  if (reply.codes.length === 0) return payloads;
  return payloads.map((payload) => ({ ...payload, entry: readPart(payload.entry) }));
}

/** Beside an error, a hold of null may be one that could not be read after the change. */
function readPart(entry: ApiEntry | null): ApiEntry | null {
  if (entry?.hold !== null) return entry;
  const { hold: _hold, ...read } = entry;
  return read as ApiEntry;
}

function resultOf(reply: Reply<Data>, payload: Payload | undefined, evidence: Evidence): Result {
  if (reply.kind === 'unsent') return { kind: 'failed' };
  if (reply.kind === 'unknown') return { kind: 'unknown' };
  if (payload === undefined) return resultOfCodes(reply.codes, evidence);
  const { entry, replayed, errors } = payload;
  if (entry !== null) {
    const odd = reply.codes.filter((code) => code !== 'OUTCOME_UNKNOWN');
    if (odd.length > 0) evidence.forbidden.push(`An accepted change returned ${odd.join(', ')}`);
    return { kind: 'accepted', entry: apart(entry).entry, replayed };
  }
  if (errors.length > 0) return { kind: 'refused', refusal: errors[0] };
  // The change was made, but the response to it could not be read.
  return resultOfCodes(reply.codes, evidence);
}

function resultOfCodes(codes: readonly string[], { forbidden }: Evidence): Result {
  const [code] = codes;
  if (code === 'SERVICE_UNAVAILABLE' || code === 'OVERLOADED') return { kind: 'failed' };
  if (code !== 'OUTCOME_UNKNOWN') forbidden.push(`A change returned ${codes.join(', ')}`);
  return { kind: 'unknown' };
}

/**
 * Returns what the response showed of its accounts: each as it was after the whole call, what was
 * current of the entries, and each refusal at a moment between the row before it and the row after
 * it.
 */
function sightingsOf(
  { intents }: Call,
  payloads: readonly Payload[],
  times: Pick<Sighting, 'sentAt' | 'receivedAt'>,
): Sighting[] {
  return intents.flatMap(({ accountId, command }, row): Sighting[] => {
    const { entry, account, errors } = payloads[row];
    const sequences = (from: number, to?: number) =>
      payloads
        .slice(from, to)
        .flatMap((each, place) => (intents[from + place].accountId === accountId ? each : []))
        .flatMap((each) => (each.entry === null || each.replayed ? [] : each.entry.sequence));
    const refused = errors.length > 0 ? { command, refusal: errors[0] } : null;
    const own = Math.max(entry?.sequence ?? 0, ...sequences(0));
    const shown = { accountId, ...times, atLeast: own, atMost: Number.MAX_SAFE_INTEGER };
    if (intents.length === 1) {
      const view: Sighting = { ...shown, seen: { kind: 'account', account, refused } };
      return [view, ...currentOf(entry, shown)];
    }
    const view: Sighting = { ...shown, seen: { kind: 'account', account, refused: null } };
    if (refused === null) return [view, ...currentOf(entry, shown)];
    const atLeast = Math.max(0, ...sequences(0, row));
    const atMost = Math.min(Number.MAX_SAFE_INTEGER, ...sequences(row + 1).map((each) => each - 1));
    return [view, { accountId, ...times, atLeast, atMost, seen: { kind: 'refusal', refused } }];
  });
}

function currentOf(entry: ApiEntry | null, shown: Omit<Sighting, 'seen'>): Sighting[] {
  return entry === null ? [] : apart(entry).current.map((seen) => ({ ...shown, seen }));
}
