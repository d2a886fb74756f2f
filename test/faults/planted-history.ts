import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { add, spend } from '../ledger/commands';
import type { NaiveLife } from '../model/naive-life';
import { replayLife } from '../model/replay-life';
import { type ApiAccount, figuresOf, pagesOf } from './api-account';
import { type ApiEntry, apiEntryOf } from './api-entry';
import { type PreviewRequest, previewOfModel } from './api-preview';
import { type Attempt, Evidence, type Refused, type Result, type Seen } from './evidence';
import type { JournalContent } from './journal-file';

const accountId = 'account';
export const noon = Date.UTC(2024, 0, 1, 12);

/** `accepted` is acknowledged; `unacknowledged` is recorded, but no response arrives. */
type Received =
  | Exclude<Result, { kind: 'accepted' }>
  | { kind: 'accepted' }
  | { kind: 'unacknowledged' };

/** What was in the same response as an account: a refusal, or a change that it must include. */
interface Beside {
  readonly refused?: Refused | null;
  readonly atLeast?: number;
}

/** A small journal and the responses that it explains, in which a test plants a fault. */
export class PlantedHistory {
  readonly evidence = new Evidence();
  readonly entries: Entry[] = [];
  /** The clock. */
  now = noon;
  readonly #commands = new Map<string, Attempt['command']>();

  readonly journal = (): JournalContent => new Map([[accountId, this.entries]]);

  know(reference: string, command: Command): void {
    this.#commands.set(reference, { ...command, reference });
  }

  /**
   * Sends a command, alone or as a row of a call, and adds it to the journal if it is accepted or
   * unacknowledged.
   */
  record(reference: string, received: Received, call = this.evidence.call()): void {
    const isEntered = received.kind === 'accepted' || received.kind === 'unacknowledged';
    const entry = isEntered ? this.#enter(reference) : null;
    if (received.kind === 'unacknowledged') return;
    const result = received.kind === 'accepted' ? this.#acceptance(entry!) : received;
    this.#attempt(reference, result, call, 1);
    if (result.kind === 'accepted') this.see(this.account());
    if (result.kind === 'refused') {
      const refused = { command: this.#commands.get(reference)!, refusal: result.refusal };
      this.see(this.account(), { refused });
    }
  }

  /** Sends a known command to a later run of the server. */
  sendAgain(reference: string, result: Result): void {
    this.#attempt(reference, result, this.evidence.call(), 2);
  }

  /** Returns the account as it is now, or at a later instant, with its lists. */
  account(at = this.now): ApiAccount {
    const books = this.#model().at(at);
    return { ...figuresOf(books), ...pagesOf(books, this.entries) };
  }

  /** Notes that a client saw an account now, by itself or in another response. */
  see(account: ApiAccount | null, { refused = null, atLeast = 0 }: Beside = {}): void {
    this.receive({ kind: 'account', account, refused }, atLeast);
  }

  /** Notes that a client requested and received something now. */
  receive(seen: Seen, atLeast = 0): void {
    const [sentAt, receivedAt] = [this.evidence.moment(), this.evidence.moment()];
    const atMost = Number.MAX_SAFE_INTEGER;
    this.evidence.sightings.push({ accountId, sentAt, receivedAt, atLeast, atMost, seen });
  }

  preview(request: PreviewRequest) {
    return previewOfModel(this.#model().at(request.at ?? this.now), request, this.entries);
  }

  /** Returns the two newest entries as the API shows them. */
  newest(): ApiEntry[] {
    const newest = this.entries.slice(-2).toReversed();
    return newest.map((entry) => apiEntryOf(entry, this.entries));
  }

  /** Swaps the first two commands in the journal and in the responses, but not in time. */
  swapFirstTwo(): void {
    const [first, second] = this.entries;
    this.entries.splice(0, 2, { ...second, sequence: 1 }, { ...first, sequence: 2 });
    const { attempts } = this.evidence;
    attempts[0] = { ...attempts[0], result: this.#acceptance(this.entries[1]) };
    attempts[1] = { ...attempts[1], result: this.#acceptance(this.entries[0]) };
  }

  /** Swaps the responses to the last two commands. */
  swapLastTwoResponses(): void {
    const { attempts } = this.evidence;
    const [left, right] = attempts.splice(-2);
    attempts.push({ ...left, result: right.result }, { ...right, result: left.result });
  }

  #acceptance(entry: Entry): Result {
    return { kind: 'accepted', entry: apiEntryOf(entry, this.entries), replayed: false };
  }

  #enter(reference: string): Entry {
    const model = this.#model();
    const command = this.#commands.get(reference)!;
    const decision = model.run(command, this.now, `entry ${this.entries.length + 1}`);
    if (decision.kind !== 'accepted') throw new Error(`${reference} is ${decision.kind}`);
    if (decision.lapse !== null) this.entries.push(decision.lapse);
    this.entries.push(decision.entry);
    return decision.entry;
  }

  #model(): NaiveLife {
    return replayLife(accountId, this.entries).at(-1)!;
  }

  #attempt(reference: string, result: Result, call: number, life: number): void {
    const command = this.#commands.get(reference)!;
    const sentAt = this.evidence.moment();
    const receivedAt = result.kind === 'unknown' ? Infinity : this.evidence.moment();
    this.evidence.attempts.push({ accountId, command, call, life, sentAt, receivedAt, result });
  }
}

export function plantedHistory(): PlantedHistory {
  const history = new PlantedHistory();
  history.know('grant 1', add('A', 100, 2));
  history.know('grant 2', add('B', 50, 1));
  history.know('debit', add('A', -20, 1));
  history.know('spend', spend(40));
  history.know('refused', spend(200));
  history.know('more', add('A', 500, 9));
  history.know('failed', add('B', 1, 3));
  history.know('unconfirmed', add('B', 2, 3));
  history.know('bulk 1', add('A', 3, 3));
  history.know('bulk 2', add('A', 4, 3));
  const accepted = ['grant 1', 'grant 2', 'debit', 'spend'];
  for (const reference of accepted) history.record(reference, { kind: 'accepted' });
  history.record('refused', { kind: 'refused', refusal: insufficient(200) });
  history.record('failed', { kind: 'failed' });
  history.record('unconfirmed', { kind: 'unknown' });
  const call = history.evidence.call();
  for (const row of ['bulk 1', 'bulk 2']) history.record(row, { kind: 'unknown' }, call);
  return history;
}

/** Returns the refusal of a spend; the account of the planted history has 90 points. */
export function insufficient(requested: number, available = 90) {
  return { code: 'INSUFFICIENT_POINTS', requested, available } as const;
}
