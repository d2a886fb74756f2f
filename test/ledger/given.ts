import { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import { type Decision, decide } from '../../src/ledger/decide';
import { deductionsOf, type Entry } from '../../src/ledger/entry';
import { evolve, type Undo } from '../../src/ledger/evolve';
import { lotPage, type OpenLot } from '../../src/ledger/lot-page';
import type { Refusal, RefusalCode } from '../../src/ledger/refusal';
import { restorePart, snapshotParts } from '../../src/ledger/snapshot';
import { figuresOf, type NaiveRefusal } from '../model/naive-decision';

/** The instant at which everything is recorded, unless a test moves the clock. */
export const noon = Date.UTC(2026, 0, 1, 12);

/**
 * Returns an account whose commands were accepted: `given(add('A', 5,
 * 1)).when(spend(3)).takes(['A', 3])`.
 */
export function given(...commands: readonly Command[]): Scenario {
  return new Scenario().accepting(...commands);
}

/** An account, its entries, and a deterministic world: ids are counted and the clock is fixed. */
export class Scenario {
  readonly entries: Entry[] = [];
  readonly undos: Undo[] = [];
  now = noon;

  constructor(readonly account = new Account('member-1')) {}

  /** Returns an account to which these entries were applied. */
  static of(accountId: string, entries: readonly Entry[]): Scenario {
    const scenario = new Scenario(new Account(accountId));
    for (const entry of entries) scenario.apply(entry);
    return scenario;
  }

  /** Sets the clock, backwards too. */
  at(now: number): this {
    this.now = now;
    return this;
  }

  accepting(...commands: readonly Command[]): this {
    for (const command of commands) this.when(command).isAccepted();
    return this;
  }

  when(command: Command): Decided {
    return new Decided(this, this.run(command));
  }

  /** Decides a command and changes nothing. */
  decide(command: Command): Decision {
    const id = `entry-${this.entries.length + 1}`;
    return decide(this.account, command, { now: this.now, id, keyed: this.#keyed(command) });
  }

  /** Decides a command, and applies it if it is accepted. */
  run(command: Command): Decision {
    const decision = this.decide(command);
    if (decision.kind === 'accepted') this.apply(decision.entry);
    return decision;
  }

  /** Applies an entry that was accepted. */
  apply(entry: Entry): void {
    this.undos.push(evolve(this.account, entry));
    this.entries.push(entry);
  }

  /** Undoes the last entry. */
  undo(): void {
    this.entries.pop();
    this.undos.pop()!();
  }

  lots(): readonly OpenLot[] {
    const whole = { after: null, before: null, from: 'start', limit: 1e9 } as const;
    return lotPage(this.account, whole).lots;
  }

  #keyed({ idempotencyKey }: Command): Entry | null {
    if (idempotencyKey === null) return null;
    return this.entries.find((entry) => entry.idempotencyKey === idempotencyKey) ?? null;
  }
}

/** Returns the same account, restored from a snapshot in parts of so many lots. */
export function restored({ account, entries, now }: Scenario, partSize: number): Scenario {
  const copy = new Scenario(new Account(account.id)).at(now);
  for (const part of snapshotParts(account, partSize)) {
    expect(restorePart(copy.account, part)).toBe(true);
  }
  copy.account.sequence = account.sequence;
  copy.account.recordedAt = account.recordedAt;
  copy.entries.push(...entries);
  return copy;
}

/** The decision on one command, with expectations of it and of the account after it. */
class Decided {
  constructor(
    readonly scenario: Scenario,
    readonly decision: Decision,
  ) {}

  isAccepted(fields: Partial<Entry> = {}): this {
    expect(this.decision).toMatchObject({ kind: 'accepted', entry: fields });
    return this;
  }

  /**
   * Expects acceptance, and these points of every payer, in the order in which they were first
   * touched.
   */
  takes(...deductions: readonly (readonly [payer: string, points: number])[]): this {
    this.isAccepted();
    const { entry } = this.decision as Extract<Decision, { kind: 'accepted' }>;
    const allocations = entry.kind === 'spend' ? entry.allocations : [];
    const taken = deductionsOf(allocations).map(({ payer, points }) => [payer, -points]);
    expect(taken).toEqual(deductions);
    return this;
  }

  isReplayOf(sequence: number): this {
    expect(this.decision).toEqual({ kind: 'replayed', entry: this.scenario.entries[sequence - 1] });
    return this;
  }

  /** Expects a refusal with exactly these figures, and with a message for a person. */
  isRefused(code: RefusalCode, figures: Omit<NaiveRefusal, 'code'> = {}): Refusal {
    expect(this.decision.kind).toBe('refused');
    const { refusal } = this.decision as Extract<Decision, { kind: 'refused' }>;
    expect(figuresOf(refusal)).toEqual({ code, ...figures });
    return refusal;
  }

  /** Expects the balances after it, in the order in which the payers appeared. */
  leaves(...balances: readonly (readonly [payer: string, points: number])[]): this {
    const left = this.scenario.account.balances().map(({ payer, points }) => [payer, points]);
    expect(left).toEqual(balances);
    return this;
  }

  /** Expects what can be spent after it, lot by lot. */
  leavesLots(
    ...lots: readonly (readonly [payer: string, timestamp: number, left: number])[]
  ): this {
    const left = this.scenario.lots();
    expect(left.map((lot) => [lot.payer, lot.timestamp, lot.remaining])).toEqual(lots);
    return this;
  }

  when(command: Command): Decided {
    return this.scenario.when(command);
  }
}
