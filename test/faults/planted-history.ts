import { encodeEntryId } from '../../src/graphql/entry/entry-id';
import type { Entry, PayerPoints } from '../../src/ledger/entry';
import { add, spend } from '../ledger/commands';
import { NaiveLedger } from '../model/naive-ledger';
import { type Attempt, Evidence, type Result } from './evidence';
import type { JournalContent } from './journal-file';

const accountId = 'account';
const noon = Date.UTC(2024, 0, 1, 12);

/** `accepted` is told as it was; `unwitnessed` stands in the journal and is told to nobody. */
type Told = Exclude<Result, { kind: 'accepted' }> | { kind: 'accepted' } | { kind: 'unwitnessed' };

/** A small journal with the answers that it explains, in which a test plants a fault. */
export class PlantedHistory {
  readonly evidence = new Evidence();
  readonly entries: Entry[] = [];
  readonly #commands = new Map<string, Attempt['command']>();

  readonly journal = (): JournalContent => new Map([[accountId, this.entries]]);

  know(reference: string, command: ReturnType<typeof add> | ReturnType<typeof spend>): void {
    this.#commands.set(reference, { ...command, reference });
  }

  /**
   * Sends a command, alone or as a row of a call, and enters it in the journal if it is told so or
   * unwitnessed.
   */
  record(reference: string, told: Told, call = this.evidence.call()): void {
    const isEntered = told.kind === 'accepted' || told.kind === 'unwitnessed';
    const entry = isEntered ? this.#enter(reference) : null;
    if (told.kind === 'unwitnessed') return;
    const result = told.kind === 'accepted' ? acceptance(entry!) : told;
    this.#attempt(reference, result, call, 1);
    if (result.kind === 'accepted') this.show(this.#model().balances());
  }

  /** Sends a known command to a later life of the server. */
  sendAgain(reference: string, result: Result): void {
    this.#attempt(reference, result, this.evidence.call(), 2);
  }

  show(balances: readonly PayerPoints[] | null): void {
    const [sentAt, answeredAt] = [this.evidence.moment(), this.evidence.moment()];
    this.evidence.sightings.push({ accountId, sentAt, answeredAt, balances });
  }

  /** Lets the second command come first, in the journal and in the answers, but not in time. */
  swapFirstTwo(): void {
    const [first, second] = this.entries;
    this.entries.splice(0, 2, { ...second, sequence: 1 }, { ...first, sequence: 2 });
    const { attempts } = this.evidence;
    attempts[0] = { ...attempts[0], result: acceptance(this.entries[1]) };
    attempts[1] = { ...attempts[1], result: acceptance(this.entries[0]) };
  }

  #enter(reference: string): Entry {
    const model = this.#model();
    const command = this.#commands.get(reference)!;
    const decision = model.decide(command, noon, `entry ${this.entries.length + 1}`);
    if (decision.kind !== 'accepted') throw new Error(`${reference} is ${decision.kind}`);
    this.entries.push(decision.entry);
    return decision.entry;
  }

  #model(): NaiveLedger {
    const model = new NaiveLedger(accountId);
    for (const entry of this.entries) model.apply(entry);
    return model;
  }

  #attempt(reference: string, result: Result, call: number, life: number): void {
    const command = this.#commands.get(reference)!;
    const sentAt = this.evidence.moment();
    const answeredAt = result.kind === 'unknown' ? Infinity : this.evidence.moment();
    this.evidence.attempts.push({ accountId, command, call, life, sentAt, answeredAt, result });
  }
}

export function plantedHistory(): PlantedHistory {
  const history = new PlantedHistory();
  history.know('grant 1', add('A', 100, 2));
  history.know('grant 2', add('B', 50, 1));
  history.know('debit', add('A', -20, 1));
  history.know('spend', spend(40));
  history.know('refused', spend(30));
  history.know('failed', add('B', 1, 3));
  history.know('unheard', add('B', 2, 3));
  history.know('bulk 1', add('A', 3, 3));
  history.know('bulk 2', add('A', 4, 3));
  const accepted = ['grant 1', 'grant 2', 'debit', 'spend'];
  for (const reference of accepted) history.record(reference, { kind: 'accepted' });
  history.record('refused', { kind: 'refused', available: 0 });
  history.record('failed', { kind: 'failed' });
  history.record('unheard', { kind: 'unknown' });
  const call = history.evidence.call();
  for (const row of ['bulk 1', 'bulk 2']) history.record(row, { kind: 'unknown' }, call);
  return history;
}

function acceptance(entry: Entry): Result {
  const { sequence, points } = entry;
  return { kind: 'accepted', id: encodeEntryId(entry), sequence, points, replayed: false };
}
