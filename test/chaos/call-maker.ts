import type { Result } from '../faults/evidence';
import type { Call, Intent, Witness } from '../faults/requests';
import { choicesOf, datesOf, endOf, oneOf, payers, soon } from './random-input';
import type { Target, Targets } from './targets';

const firstInstant = Date.UTC(2020, 0, 1);
const instants = 100_000;
const rowsMax = 12;
const accountCount = 4;
const spendMax = 4_000;
const partMax = 500;

/**
 * After so many actions a client goes on to fresh accounts, because the time that the naive model
 * takes grows with the square of an account's entries. A fast machine then has more accounts, not
 * longer ones. A client's own account gets fewer commands than those that all share.
 */
const sharedActions = 50;
const ownActions = 100;

/** The next action of a client. */
type Action = {
  /** True if it concerns the client's own account alone. */
  readonly isOwnAccount: boolean;
} & (
  | {
      readonly kind: 'change';
      readonly call: Call;
      readonly isKeyed: boolean;
      /** How often it is sent at once. */
      readonly times: number;
    }
  /** Resolves to false if no response arrived. */
  | { readonly kind: 'read'; readonly look: (witness: Witness) => Promise<boolean> }
);

/**
 * Generates what one client requests, at random: adds in no order of time, some with dates, debits,
 * spends and holds, some of chosen payers, captures, releases and reversals of what any client
 * received, bulk calls over several accounts and reads of all kinds, some of a later instant; half
 * of the changes with idempotency keys, some of which were used before, by the same row or for
 * another command.
 */
export class CallMaker {
  #references = 0;
  #actions = 0;
  /** The key of the last change that had a key of its own. */
  #usedKey: string | null = null;

  /**
   * @param clients how many there are; each has an account of its own, by its index.
   * @param targets what all clients together received.
   */
  constructor(
    private readonly index: number,
    private readonly clients: number,
    private readonly random: () => number,
    private readonly targets: Targets,
  ) {}

  next(): Action {
    this.#actions += 1;
    const choice = this.random();
    if (choice < 0.2) return this.#read();
    const isKeyed = this.random() < 0.5;
    const times = isKeyed && this.random() < 0.15 ? 2 : 1;
    const call = this.#call(isKeyed);
    const isOwnAccount = call.intents.every(({ accountId }) => accountId === this.#home);
    return { kind: 'change', call, isKeyed, times, isOwnAccount };
  }

  /** Notes the result of a command, so that its entry can be read or named later. */
  note(intent: Intent, result: Result): void {
    this.targets.note(intent, result);
  }

  #read(): Action {
    const accountId = this.#account();
    const choice = this.random();
    const points = 1 + Math.floor(this.random() * spendMax);
    const choices = choicesOf(this.random);
    const at = this.random() < 0.3 ? soon(this.random) : undefined;
    const known = choice < 0.2 ? this.#target(oneOf(targetKinds, this.random)) : undefined;
    const isOwnAccount = (known?.accountId ?? accountId) === this.#home;
    const look = (witness: Witness) => {
      if (known !== undefined) return witness.lookUp(known.accountId, known.id);
      if (choice < 0.4) return witness.preview(accountId, { points, ...choices, at });
      return witness.look(accountId, at);
    };
    return { kind: 'read', look, isOwnAccount };
  }

  #call(isKeyed: boolean): Call {
    const accountId = this.#account();
    const choice = this.random();
    if (choice < 0.15) return { kind: 'bulk', intents: this.#rows(accountId, isKeyed) };
    return { kind: 'single', intents: [this.#single(accountId, choice, isKeyed)] };
  }

  #single(accountId: string, choice: number, isKeyed: boolean): Intent {
    if (choice < 0.5) return this.#add(accountId, isKeyed);
    if (choice < 0.58) return this.#spend(accountId, isKeyed);
    if (choice < 0.7) return this.#hold(accountId, isKeyed);
    const kind = choice < 0.84 ? 'hold' : oneOf(['transaction', 'spend'] as const, this.random);
    const target = this.#target(kind);
    if (target === undefined) return this.#add(accountId, isKeyed);
    // Now and then the entry is of a kind that the command is not about.
    const isHold = (kind === 'hold') === this.random() < 0.95;
    return isHold ? this.#close(target, isKeyed) : this.#reverse(target, isKeyed);
  }

  #target(kind: Target['kind']): Target | undefined {
    return this.targets.of(kind, this.random);
  }

  /** Captures a hold, in part or in whole, or releases it. */
  #close({ accountId, id: targetId, sequence: target }: Target, isKeyed: boolean): Intent {
    const tags = this.#tags(isKeyed);
    if (this.random() < 0.3) {
      return { accountId, targetId, command: { kind: 'releaseHold', target, ...tags } };
    }
    const [points, keepRest] = [this.#part(0.4), this.random() < 0.5];
    const command = { kind: 'captureHold', target, points, keepRest, ...tags } as const;
    return { accountId, targetId, command };
  }

  /** Reverses an entry, mostly as one of its kind, and mostly all that is left of it. */
  #reverse({ accountId, id: targetId, sequence: target, kind }: Target, isKeyed: boolean): Intent {
    const shared = { target, points: this.#part(0.6), ...this.#tags(isKeyed) };
    const isOfKind = this.random() < 0.95;
    if ((kind === 'spend') === isOfKind) {
      return { accountId, targetId, command: { kind: 'reverseSpend', ...shared } };
    }
    const spentPart = this.random() < 0.5 ? 'DEBIT' : 'REFUSE';
    const command = { kind: 'reverseTransaction', spentPart, ...shared } as const;
    return { accountId, targetId, command };
  }

  /** Returns null, for all there is, with this chance, or a number of points. */
  #part(all: number): number | null {
    return this.random() < all ? null : 1 + Math.floor(this.random() * partMax);
  }

  /** Generates rows of one account or of any; with keys, one of them perhaps twice. */
  #rows(accountId: string, isKeyed: boolean): Intent[] {
    const isOfOne = this.random() < 0.6;
    const count = 1 + Math.floor(this.random() * rowsMax);
    const rows = Array.from({ length: count }, () =>
      this.#add(isOfOne ? accountId : this.#account(), isKeyed),
    );
    const isTwice = this.random() < 0.2;
    return isKeyed && isTwice ? [...rows, rows[0]] : rows;
  }

  #add(accountId: string, isKeyed: boolean): Intent {
    const payer = oneOf(payers, this.random);
    const timestamp = firstInstant + Math.floor(this.random() * instants);
    const points = (this.random() < 0.2 ? -1 : 1) * (1 + Math.floor(this.random() * 1_000));
    const dates = points > 0 && this.random() < 0.3 ? datesOf(this.random) : {};
    const command = { kind: 'addTransaction', payer, points, timestamp, ...dates } as const;
    return { accountId, command: { ...command, ...this.#tags(isKeyed) } };
  }

  #spend(accountId: string, isKeyed: boolean): Intent {
    const points = 1 + Math.floor(this.random() * spendMax);
    const command = { kind: 'spendPoints', points, ...choicesOf(this.random) } as const;
    return { accountId, command: { ...command, ...this.#tags(isKeyed) } };
  }

  #hold(accountId: string, isKeyed: boolean): Intent {
    const points = 1 + Math.floor((this.random() * spendMax) / 2);
    const command = { kind: 'holdPoints', points, expiresAt: endOf(this.random) } as const;
    const choices = choicesOf(this.random);
    return { accountId, command: { ...command, ...choices, ...this.#tags(isKeyed) } };
  }

  #tags(isKeyed: boolean): { readonly reference: string; readonly idempotencyKey: string | null } {
    this.#references += 1;
    const reference = `client ${this.index}/${this.#references}`;
    const isUsed = this.random() < 0.05;
    if (!isKeyed) return { reference, idempotencyKey: null };
    // Another command's key: refused if that command is in this account, otherwise unused.
    if (isUsed && this.#usedKey !== null) return { reference, idempotencyKey: this.#usedKey };
    this.#usedKey = `key of ${reference}`;
    return { reference, idempotencyKey: this.#usedKey };
  }

  /** Returns mostly the account that all clients share, sometimes the client's own or another's. */
  #account(): string {
    const choice = this.random();
    const number = this.random();
    if (choice < 0.7) {
      return `account ${Math.floor(number * accountCount)}${this.#chapter(sharedActions)}`;
    }
    return choice < 0.9 ? this.#home : this.#homeOf(Math.floor(number * this.clients));
  }

  get #home(): string {
    return this.#homeOf(this.index);
  }

  #homeOf(index: number): string {
    return `account of client ${index}${this.#chapter(ownActions)}`;
  }

  #chapter(actions: number): string {
    return `, chapter ${Math.floor(this.#actions / actions)}`;
  }
}

const targetKinds = ['transaction', 'spend', 'hold'] as const;
