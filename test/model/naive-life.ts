import type {
  AddTransaction,
  Command,
  ReverseSpend,
  ReverseTransaction,
} from '../../src/ledger/command';
import type { Entry, TransactionEntry } from '../../src/ledger/entry';
import type { ExpiryRow, LapseEntry } from '../../src/ledger/lapse-entry';
import { NaiveBooks, type NaiveLot } from './naive-books';
import { captureOutcome, holdOutcome, releaseOutcome, spendOutcome } from './naive-holds';
import { lapseAll } from './naive-lapse';
import { isSameInput, malformation, takenLast } from './naive-life-input';
import type { Content, LifeRefusal, Outcome } from './naive-outcome';

export type LifeDecision =
  | { readonly kind: 'accepted'; readonly lapse: LapseEntry | null; readonly entry: Entry }
  | { readonly kind: 'replayed'; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly refusal: LifeRefusal };

interface Parts {
  readonly fromLot: number;
  readonly debited: number;
  readonly lifted: number;
}

/**
 * The rule of points that expire, begin later, are held and come back, sentence by sentence. Names
 * and texts are taken to be valid. It shares no code with the rules that it is compared with.
 */
export class NaiveLife {
  books = new NaiveBooks();
  entries: Entry[] = [];
  recordedAt = Number.NEGATIVE_INFINITY;

  constructor(readonly accountId: string) {}

  get sequence(): number {
    return this.entries.length;
  }

  copy(): NaiveLife {
    const copy = new NaiveLife(this.accountId);
    copy.books = this.books.copy();
    copy.entries = [...this.entries];
    copy.recordedAt = this.recordedAt;
    return copy;
  }

  /**
   * Returns the books at an instant, if nobody does anything until then. Callers copy or read.
   * @param from the books at an earlier instant.
   */
  at(now: number, from = this.books): NaiveBooks {
    if (!from.isDue(this.#time(now))) return from;
    const books = from.copy();
    lapseAll(books, this.#time(now), this.recordedAt);
    return books;
  }

  /**
   * Records what is due, as a sweep does.
   * @param rowsMax after so many rows, the rest is left for the next entry.
   */
  sweep(now: number, id: string, rowsMax?: number): LapseEntry | null {
    const lapse = this.#lapse(now, id, rowsMax);
    if (lapse !== null) this.#record(lapse);
    return lapse;
  }

  /** Decides a command, and applies it if it is accepted; a refusal changes nothing. */
  run(command: Command, now: number, id: string): LifeDecision {
    const keyed = this.#keyed(command.idempotencyKey);
    const malformed = malformation(command);
    if (malformed !== null) return { kind: 'refused', refusal: { code: malformed } };
    if (keyed !== null) {
      if (isSameInput(command, keyed)) return { kind: 'replayed', entry: keyed };
      return { kind: 'refused', refusal: { code: 'IDEMPOTENCY_KEY_REUSED' } };
    }
    // A refusal changes nothing but what lapsed.
    const before = this.books.isDue(this.#time(now)) ? this.books.copy() : this.books;
    const lapse = this.#lapse(now, `${id}-lapse`);
    const outcome = this.#outcome(command, now, this.sequence + (lapse === null ? 1 : 2));
    if ('code' in outcome) {
      this.books = before;
      return { kind: 'refused', refusal: outcome as LifeRefusal };
    }
    if (lapse !== null) this.#record(lapse);
    const { reference, idempotencyKey } = command;
    const { kind } = outcome as Content;
    const common = { kind, ...this.#common(now, id), reference, idempotencyKey, digest: null };
    const entry = { ...common, ...outcome } as Entry;
    this.#record(entry);
    return { kind: 'accepted', lapse, entry };
  }

  #lapse(now: number, id: string, rowsMax?: number): LapseEntry | null {
    const rows = lapseAll(this.books, this.#time(now), this.recordedAt, rowsMax);
    if (rows.length === 0) return null;
    const points = rows.reduce((sum, row) => sum + (row.kind === 'expiry' ? row.expired : 0), 0);
    const none = { reference: null, idempotencyKey: null, digest: null };
    return { kind: 'lapse', ...this.#common(now, id), ...none, points, rows };
  }

  #outcome(command: Command, now: number, sequence: number): Outcome {
    switch (command.kind) {
      case 'addTransaction':
        return command.points > 0
          ? this.#grant(command, this.#time(now), sequence)
          : this.#debit(command);
      case 'spendPoints':
        return spendOutcome(this.books, command);
      case 'holdPoints':
        return holdOutcome(this.books, command, this.#time(now), sequence);
      case 'captureHold':
        return captureOutcome(this.books, this.#target(command), command, this.#time(now));
      case 'releaseHold':
        return releaseOutcome(this.books, this.#target(command), command, this.#time(now));
      case 'reverseSpend':
        return this.#reverseSpend(command, this.#time(now));
      case 'reverseTransaction':
        return this.#reverseTransaction(command);
    }
  }

  #grant(command: AddTransaction, time: number, sequence: number): Outcome {
    const { payer, points, timestamp, availableFrom, expiresAt } = command;
    const from = Math.max(time, availableFrom ?? time);
    if (expiresAt !== undefined && expiresAt <= from) return { code: 'NEVER_SPENDABLE' };
    if (this.#exceeds(points)) return { code: 'POINTS_OUT_OF_RANGE' };
    this.books.grant({ payer, timestamp, sequence, points, from: availableFrom, expiresAt }, time);
    return {
      kind: 'transaction',
      ...{ payer, points, timestamp },
      ...(availableFrom === undefined ? {} : { availableFrom }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
  }

  #debit({ payer, points, timestamp }: AddTransaction): Outcome {
    const available = this.books.balance(payer);
    if (-points > available) return { code: 'PAYER_WOULD_GO_NEGATIVE', payer, available };
    this.books.addDebit(payer, -points);
    return { kind: 'transaction', payer, points, timestamp };
  }

  #reverseSpend(command: ReverseSpend, time: number): Outcome {
    const target = this.#target(command);
    if (target === null) return { code: 'ENTRY_NOT_FOUND' };
    if (target.kind !== 'spend') return { code: 'NOT_REVERSIBLE' };
    const before = this.#reversedOf(target.sequence);
    const reversible = target.points - before;
    const points = command.points ?? reversible;
    if (points > reversible || reversible === 0) return { code: 'EXCEEDS_REVERSIBLE', reversible };
    if (this.#exceeds(points)) return { code: 'POINTS_OUT_OF_RANGE' };
    const allocations = takenLast(target.allocations, before, points);
    this.books.move(allocations, 'spent', 'unspent');
    const lapses = lapseAll(this.books, time, time) as ExpiryRow[];
    const { points: requested } = command;
    const numbers = { target: target.sequence, points, requested, total: before + points };
    return { kind: 'spendReversal', ...numbers, allocations, lapses };
  }

  #reverseTransaction(command: ReverseTransaction): Outcome {
    const target = this.#target(command);
    if (target === null) return { code: 'ENTRY_NOT_FOUND' };
    if (target.kind !== 'transaction') return { code: 'NOT_REVERSIBLE' };
    const before = this.#reversedOf(target.sequence);
    const reversible = this.#reversible(target, before);
    const points = command.points ?? reversible;
    if (points > reversible || reversible === 0) return { code: 'EXCEEDS_REVERSIBLE', reversible };
    const parts =
      target.points < 0
        ? this.#lift(target, points)
        : this.#takeBack(this.books.lot(target.sequence), points, command.spentPart);
    if ('code' in parts) return parts;
    const { payer, timestamp, sequence } = target;
    const { points: requested, spentPart } = command;
    const numbers = { points, requested, spentPart, total: before + points };
    return {
      kind: 'transactionReversal',
      target: sequence,
      payer,
      timestamp,
      ...numbers,
      ...parts,
    };
  }

  #reversible({ points, sequence, payer }: TransactionEntry, reversed: number): number {
    if (points < 0) return Math.min(-points - reversed, this.books.floating(payer));
    const { expired, settled } = this.books.lot(sequence);
    return Math.max(0, points - reversed - expired - settled);
  }

  #lift({ payer }: TransactionEntry, points: number): Parts {
    this.books.liftDebit(payer, points);
    return { fromLot: 0, debited: 0, lifted: points };
  }

  #takeBack(lot: NaiveLot, points: number, spentPart: string): Parts | LifeRefusal {
    const { payer, unspent } = lot;
    const fromLot = Math.min(points, unspent);
    const debited = points - fromLot;
    if (debited > 0 && spentPart === 'REFUSE') return { code: 'LOT_IS_SPENT', unspent };
    const needed = points - (lot.isPending ? fromLot : 0);
    const available = this.books.balance(payer);
    if (needed > available) return { code: 'PAYER_WOULD_GO_NEGATIVE', payer, available };
    this.books.takeBack(lot, fromLot, debited);
    return { fromLot, debited, lifted: 0 };
  }

  #target({ target }: { readonly target: number | null }): Entry | null {
    return target === null ? null : (this.entries[target - 1] ?? null);
  }

  #reversedOf(sequence: number): number {
    return this.entries.reduce(
      (sum, entry) => sum + ('target' in entry && entry.target === sequence ? entry.points : 0),
      0,
    );
  }

  #exceeds(points: number): boolean {
    return BigInt(this.books.unspentAndHeld()) + BigInt(points) > BigInt(Number.MAX_SAFE_INTEGER);
  }

  #keyed(key: string | null): Entry | null {
    return this.entries.find((entry) => key !== null && entry.idempotencyKey === key) ?? null;
  }

  #time(now: number): number {
    return Math.max(now, this.recordedAt);
  }

  #common(now: number, id: string) {
    const { accountId, sequence } = this;
    return { id, accountId, sequence: sequence + 1, recordedAt: this.#time(now) };
  }

  #record(entry: Entry): void {
    this.entries.push(entry);
    this.recordedAt = entry.recordedAt;
  }
}
