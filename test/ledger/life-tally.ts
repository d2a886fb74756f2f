import type { Account } from '../../src/ledger/account';
import type { Allocation, Entry } from '../../src/ledger/entry';
import type { LapseRow } from '../../src/ledger/lapse-entry';
import { expectAlike } from '../model/compare';

interface Counted {
  granted: number;
  fromLots: number;
  debited: number;
  lifted: number;
  settled: number;
  spent: number;
  expired: number;
  pending: number;
  held: number;
}

/** Counts what became of each payer's points, from the recorded entries alone. */
export class LifeTally {
  readonly #payers = new Map<string, Counted>();
  /** Pending lots by their sequence. */
  readonly #pending = new Map<number, string>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) this.#count(entry);
  }

  /**
   * Expects of every payer: granted − reversed from lots − debited less lifted − spent less
   * reversed − held − pending − expired = balance ≥ 0, and floating debits = debited − lifted −
   * settled ≥ 0.
   */
  expectBalanced(account: Account): void {
    const seen = Array.from(account.payers.values(), (lots) => {
      const { payer, balance, debited, pending, held } = lots;
      return { payer, balance, floating: debited, pending, held };
    });
    expectAlike(
      seen,
      Array.from(this.#payers.keys(), (payer) => this.#expected(payer)),
    );
    if (seen.some(({ balance, floating }) => balance < 0 || floating < 0)) {
      throw new Error(`less than zero: ${JSON.stringify(seen)}`);
    }
  }

  #expected(payer: string): object {
    const { granted, fromLots, debited, lifted, settled, spent, expired, pending, held } =
      this.#of(payer);
    const balance = granted - fromLots - (debited - lifted) - spent - held - pending - expired;
    return { payer, balance, floating: debited - lifted - settled, pending, held };
  }

  #count(entry: Entry): void {
    if (entry.kind === 'transaction') this.#countTransaction(entry);
    if (entry.kind === 'transactionReversal') this.#countReversal(entry);
    if (entry.kind === 'lapse') this.#countRows(entry.rows);
    if (entry.kind === 'spend') this.#add('spent', entry.allocations, 1);
    if (entry.kind === 'hold') this.#add('held', entry.allocations, 1);
    if (entry.kind === 'release') this.#add('held', entry.allocations, -1);
    if (entry.kind === 'spendReversal') this.#add('spent', entry.allocations, -1);
    if ('released' in entry) {
      for (const lots of [entry.allocations, entry.released]) this.#add('held', lots, -1);
    }
    if ('lapses' in entry) this.#countRows(entry.lapses);
  }

  #add(what: 'spent' | 'held', allocations: readonly Allocation[], sign: 1 | -1): void {
    for (const { payer, points } of allocations) this.#of(payer)[what] += sign * points;
  }

  #countTransaction(entry: Extract<Entry, { kind: 'transaction' }>): void {
    const { payer, points, availableFrom, recordedAt, sequence } = entry;
    const counted = this.#of(payer);
    if (points < 0) counted.debited -= points;
    else counted.granted += points;
    if (availableFrom === undefined || availableFrom <= recordedAt) return;
    counted.pending += points;
    this.#pending.set(sequence, payer);
  }

  #countReversal(entry: Extract<Entry, { kind: 'transactionReversal' }>): void {
    const counted = this.#of(entry.payer);
    counted.fromLots += entry.fromLot;
    counted.debited += entry.debited;
    counted.lifted += entry.lifted;
    if (this.#pending.has(entry.target)) counted.pending -= entry.fromLot;
  }

  #countRows(rows: readonly LapseRow[]): void {
    for (const row of rows) this.#countRow(row);
  }

  #countRow(row: LapseRow): void {
    if (row.kind === 'end') {
      this.#add('held', row.allocations, -1);
      return;
    }
    const counted = this.#of(row.payer);
    if (row.kind === 'beginning') {
      counted.pending -= row.points;
      this.#pending.delete(row.sequence);
      return;
    }
    counted.expired += row.expired;
    counted.settled += row.settled;
  }

  #of(payer: string): Counted {
    const none = { granted: 0, fromLots: 0, debited: 0, lifted: 0 };
    const counted = this.#payers.get(payer) ?? {
      ...none,
      ...{ settled: 0, spent: 0, expired: 0, pending: 0, held: 0 },
    };
    this.#payers.set(payer, counted);
    return counted;
  }
}
