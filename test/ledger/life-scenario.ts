import { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import { type Decision, decide } from '../../src/ledger/decide';
import type { Entry } from '../../src/ledger/entry';
import { evolve, type Undo } from '../../src/ledger/evolve';
import { type Lapsed, lapse } from '../../src/ledger/lapse';
import type { LapseTotals } from '../../src/ledger/lapse-entry';
import { expiriesOf, type Target } from '../../src/ledger/target';
import type { LifeDecision } from '../model/naive-life';

/** An account whose points expire, begin later and come back, with its recorded entries. */
export class LifeScenario {
  readonly entries: Entry[] = [];
  readonly #undos: Undo[] = [];

  constructor(readonly account = new Account('member-1')) {}

  /**
   * Decides a command after what was due, and applies both if it is accepted. A refusal and a
   * replay leave nothing.
   */
  run(command: Command, now: number, id: string): LifeDecision {
    const keyed = this.#keyed(command.idempotencyKey);
    const lapsed = keyed === null ? this.#lapse(now, id) : null;
    const decision = this.#decide(command, now, id, keyed, lapsed);
    if (decision.kind !== 'accepted') {
      lapsed?.undo();
      return bare(decision);
    }
    if (lapsed !== null) this.#keep(lapsed.entry, lapsed.undo);
    this.apply(decision.entry);
    return { kind: 'accepted', lapse: lapsed?.entry ?? null, entry: decision.entry };
  }

  /** Records what is due, in entries of at most so many rows. */
  sweep(now: number, id: string, rowsMax?: number): void {
    for (let part = 0; ; part += 1) {
      const lapsed = lapse(this.account, { now, id: `${id}-${part}` }, rowsMax);
      if (lapsed === null) return;
      this.#keep(lapsed.entry, lapsed.undo);
    }
  }

  /** Calls back with the account at an instant, and restores it. */
  at<T>(now: number, read: (account: Account) => T): T {
    const lapsed = this.#lapse(now, 'ahead');
    const seen = read(this.account);
    lapsed?.undo();
    return seen;
  }

  /** Applies an entry that was recorded. */
  apply(entry: Entry): void {
    this.#keep(entry, evolve(this.account, entry));
  }

  /** Undoes the last entry. */
  undo(): void {
    this.entries.pop();
    this.#undos.pop()!();
  }

  #lapse(now: number, id: string): Lapsed | null {
    return lapse(this.account, { now, id: `${id}-lapse` }, Number.POSITIVE_INFINITY);
  }

  #decide(
    command: Command,
    now: number,
    id: string,
    keyed: Entry | null,
    lapsed: Lapsed | null,
  ): Decision {
    const entries = lapsed === null ? this.entries : [...this.entries, lapsed.entry];
    const target = 'target' in command ? targetOf(entries, command.target) : null;
    return decide(this.account, command, { now, id, keyed, target });
  }

  #keep(entry: Entry, undo: Undo): void {
    this.entries.push(entry);
    this.#undos.push(undo);
  }

  #keyed(key: string | null): Entry | null {
    return this.entries.find((entry) => key !== null && entry.idempotencyKey === key) ?? null;
  }
}

/** Returns what the caller of the rules looks up for a reversal, a capture or a release. */
function targetOf(entries: readonly Entry[], sequence: number | null): Target | null {
  const entry = entries.find((each) => each.sequence === sequence);
  if (entry === undefined) return null;
  const naming = entries.filter((each) => 'target' in each && each.target === sequence);
  return { entry, newest: naming.at(-1) ?? null, lapsed: lapsedTotals(entries) };
}

function lapsedTotals(entries: readonly Entry[]): Map<number, LapseTotals> {
  return new Map(entries.flatMap(expiriesOf).map(({ sequence, totals }) => [sequence, totals]));
}

function bare(decision: Decision): LifeDecision {
  if (decision.kind === 'accepted') throw new Error('an accepted decision is applied');
  if (decision.kind === 'replayed') return decision;
  const { message: _message, field: _field, ...refusal } = decision.refusal;
  return { kind: 'refused', refusal };
}
