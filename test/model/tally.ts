import type { Entry } from '../../src/ledger/entry';
import { plainEntry } from './plain';

/** Counts what each payer earned, was debited and had spent, from the accepted entries alone. */
export class Tally {
  readonly #payers = new Map<string, { earned: bigint; debited: bigint; spent: bigint }>();

  count(given: Entry): void {
    const entry = plainEntry(given);
    if (entry.kind === 'spend') {
      for (const { payer, points } of entry.allocations) this.#of(payer).spent += BigInt(points);
    } else if (entry.points > 0) {
      this.#of(entry.payer).earned += BigInt(entry.points);
    } else {
      this.#of(entry.payer).debited -= BigInt(entry.points);
    }
  }

  /** Returns earned − debited − spent of every payer, in order of appearance. */
  balances(): { payer: string; points: bigint }[] {
    return Array.from(this.#payers, ([payer, { earned, debited, spent }]) => {
      return { payer, points: earned - debited - spent };
    });
  }

  /** Returns the floating debits: the sum over all payers. */
  debited(): bigint {
    return [...this.#payers.values()].reduce((sum, { debited }) => sum + debited, 0n);
  }

  #of(payer: string): { earned: bigint; debited: bigint; spent: bigint } {
    const counted = this.#payers.get(payer) ?? { earned: 0n, debited: 0n, spent: 0n };
    this.#payers.set(payer, counted);
    return counted;
  }
}
