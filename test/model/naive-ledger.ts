import type { Command } from '../../src/ledger/command';
import type { Allocation, Entry, PayerPoints, TransactionEntry } from '../../src/ledger/entry';
import type { OpenLot } from '../../src/ledger/lot-page';
import type { NaiveDecision, NaiveRefusal } from './naive-decision';
import { faultOf, isSameInput, type NewNames } from './naive-input';
import { type PlainCommand, plainCommand, plainEntry } from './plain';

/** A lot with its unspent points, covered by a debit or not. */
interface NaiveLot {
  readonly payer: string;
  readonly timestamp: number;
  readonly sequence: number;
  readonly unspent: number;
}

/**
 * The rule in plain arrays, without regard to speed: nothing is stored that can be computed, and
 * every question walks all lots. It shares no code with the rules that it is compared with.
 */
export class NaiveLedger {
  sequence = 0;
  recordedAt = Number.NEGATIVE_INFINITY;
  #lots: NaiveLot[] = [];
  /** Debited points, tied to no lot, per payer, in the order in which the payers appeared. */
  #debits = new Map<string, number>();
  #keyed = new Map<string, Entry>();

  constructor(readonly accountId: string) {}

  /** Returns an independent ledger in the same state. */
  copy(): NaiveLedger {
    const copy = new NaiveLedger(this.accountId);
    copy.sequence = this.sequence;
    copy.recordedAt = this.recordedAt;
    copy.#lots = [...this.#lots];
    copy.#debits = new Map(this.#debits);
    copy.#keyed = new Map(this.#keyed);
    return copy;
  }

  /**
   * Decides a command and changes nothing. `isRecorded` is for a command that was accepted before.
   */
  decide(given: Command, now: number, id: string, isRecorded = false): NaiveDecision {
    const command = plainCommand(given);
    const code = faultOf(this.accountId, command, isRecorded ? noNames : this.#newNames(command));
    if (code !== null) return { kind: 'refused', refusal: { code } };
    const keyed = this.entryOf(command.idempotencyKey);
    if (keyed !== null) {
      if (isSameInput(command, plainEntry(keyed))) return { kind: 'replayed', entry: keyed };
      return { kind: 'refused', refusal: { code: 'IDEMPOTENCY_KEY_REUSED' } };
    }
    const refusal = this.#refusal(command);
    if (refusal !== null) return { kind: 'refused', refusal };
    return { kind: 'accepted', entry: this.#entry(command, now, id) };
  }

  /** Applies an entry that was accepted. */
  apply(given: Entry): void {
    const entry = plainEntry(given);
    this.sequence = entry.sequence;
    this.recordedAt = entry.recordedAt;
    if (entry.idempotencyKey !== null) this.#keyed.set(entry.idempotencyKey, entry);
    if (entry.kind === 'transaction') this.#applyTransaction(entry);
    else this.#applySpend(entry.allocations);
  }

  /** Decides a command, and applies it if it is accepted. */
  run(command: Command, now: number, id: string): NaiveDecision {
    const decision = this.decide(command, now, id);
    if (decision.kind === 'accepted') this.apply(decision.entry);
    return decision;
  }

  /** Returns the entry that has the key. */
  entryOf(idempotencyKey: string | null): Entry | null {
    return idempotencyKey === null ? null : (this.#keyed.get(idempotencyKey) ?? null);
  }

  /** Returns points per payer, in the order in which the payers first appeared. */
  balances(): PayerPoints[] {
    const balances = new Map<string, number>();
    for (const [payer, debit] of this.#debits) balances.set(payer, 0 - debit);
    for (const { payer, unspent } of this.#lots) {
      balances.set(payer, sum([balances.get(payer)!, unspent]));
    }
    return Array.from(balances, ([payer, points]) => ({ payer, points }));
  }

  balance(payer: string): number {
    const unspent = this.#lots.filter((lot) => lot.payer === payer).map((lot) => lot.unspent);
    return sum(unspent) - (this.#debits.get(payer) ?? 0);
  }

  points(): number {
    return this.openSum() - sum([...this.#debits.values()]);
  }

  /** Returns the unspent points of all lots, those under debits included. */
  openSum(): number {
    return sum(this.#lots.map((lot) => lot.unspent));
  }

  lotCount(): number {
    return this.#lots.length;
  }

  /** Returns lots with points that are neither spent nor covered, in the order of spending. */
  openLots(): OpenLot[] {
    const debits = new Map(this.#debits);
    const open: OpenLot[] = [];
    for (const { payer, timestamp, sequence, unspent } of this.#lotsInOrder()) {
      const debit = debits.get(payer) ?? 0;
      const covered = Math.min(unspent, debit);
      debits.set(payer, debit - covered);
      const remaining = unspent - covered;
      if (remaining > 0) open.push({ payer, timestamp, sequence, remaining });
    }
    return open;
  }

  /** Returns what a spend of so many points takes. The account must have them. */
  take(points: number): Allocation[] {
    const allocations: Allocation[] = [];
    let missing = points;
    for (const { payer, timestamp, sequence, remaining } of this.openLots()) {
      if (missing === 0) break;
      const taken = Math.min(missing, remaining);
      allocations.push({ payer, timestamp, sequence, points: taken });
      missing -= taken;
    }
    return allocations;
  }

  #newNames(command: PlainCommand): NewNames {
    const isAdd = command.kind === 'addTransaction';
    return { account: this.sequence === 0, payer: isAdd && !this.#debits.has(command.payer) };
  }

  #lotsInOrder(): NaiveLot[] {
    return [...this.#lots].sort((a, b) => a.timestamp - b.timestamp || a.sequence - b.sequence);
  }

  #refusal(command: PlainCommand): NaiveRefusal | null {
    const { points } = command;
    if (command.kind === 'spendPoints') {
      const available = this.points();
      if (points <= available) return null;
      return { code: 'INSUFFICIENT_POINTS', requested: points, available };
    }
    if (points < 0) {
      const { payer } = command;
      const available = this.balance(payer);
      return -points <= available ? null : { code: 'PAYER_WOULD_GO_NEGATIVE', payer, available };
    }
    const openSum = BigInt(this.openSum()) + BigInt(points);
    return openSum > Number.MAX_SAFE_INTEGER ? { code: 'POINTS_OUT_OF_RANGE' } : null;
  }

  #entry(command: PlainCommand, now: number, id: string): Entry {
    const { accountId } = this;
    const { points, reference, idempotencyKey } = command;
    const sequence = this.sequence + 1;
    const recordedAt = Math.max(now, this.recordedAt);
    const own = { id, accountId, sequence, recordedAt, reference, idempotencyKey };
    const common = { ...own, digest: null };
    if (command.kind === 'spendPoints') {
      return { kind: 'spend', ...common, points, allocations: this.take(points) };
    }
    const { payer, timestamp } = command;
    return { kind: 'transaction', ...common, payer, points, timestamp };
  }

  #applyTransaction({ payer, points, timestamp, sequence }: TransactionEntry): void {
    const debit = this.#debits.get(payer) ?? 0;
    this.#debits.set(payer, points < 0 ? debit - points : debit);
    if (points > 0) this.#lots.push({ payer, timestamp, sequence, unspent: points });
  }

  #applySpend(allocations: readonly Allocation[]): void {
    const taken = new Map(allocations.map(({ sequence, points }) => [sequence, points]));
    this.#lots = this.#lots
      .map((lot) => ({ ...lot, unspent: lot.unspent - (taken.get(lot.sequence) ?? 0) }))
      .filter((lot) => lot.unspent > 0);
  }
}

const noNames: NewNames = { account: false, payer: false };

/**
 * Returns the sum of integers.
 * @throws if it is not exact.
 */
function sum(numbers: readonly number[]): number {
  const total = numbers.reduce((a, b) => a + b, 0);
  if (!Number.isSafeInteger(total)) throw new Error(`${total} is not exact`);
  return total;
}
