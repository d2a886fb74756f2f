import type { Result } from '../faults/evidence';
import type { Call, Intent, Witness } from '../faults/requests';

const payers = ['DANNON', 'UNILEVER', 'MILLER COORS', '__proto__'];
const firstInstant = Date.UTC(2020, 0, 1);
const instants = 100_000;
const rowsMax = 12;
const accountCount = 4;
const spendMax = 4_000;

/**
 * After so many actions a client goes on to fresh accounts, because the time that the naive model
 * takes grows with the square of an account's entries. A fast machine then has more accounts, not
 * longer ones.
 */
const chapterActions = 100;

/** An entry that may be reversed. */
interface Target {
  readonly accountId: string;
  readonly id: string;
  readonly sequence: number;
  readonly kind: 'transaction' | 'spend';
}

/** Grants expire, or begin, within so many milliseconds. */
const datesMs = 4_000;
const targetsMax = 20;

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
 * spends, reversals of what the client received, bulk calls over several accounts and reads of all
 * kinds; half of the changes with idempotency keys, some of which were used before, by the same row
 * or for another command.
 */
export class CallMaker {
  #references = 0;
  #actions = 0;
  /** The key of the last change that had a key of its own. */
  #usedKey: string | null = null;
  /** The last entry that this client received. */
  #known: { readonly accountId: string; readonly id: string } | null = null;
  /** What this client may reverse: the last of its grants, debits and spends. */
  readonly #targets: Target[] = [];

  /** @param clients how many there are; each has an account of its own, by its index. */
  constructor(
    private readonly index: number,
    private readonly clients: number,
    private readonly random: () => number,
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

  /** Notes the result of a command, so that its entry can be read or reversed later. */
  note({ accountId, command }: Intent, result: Result): void {
    if (result.kind !== 'accepted') return;
    const { id, sequence } = result.entry;
    this.#known = { accountId, id };
    const isSpend = command.kind === 'spendPoints';
    if (!isSpend && command.kind !== 'addTransaction') return;
    const kind = isSpend ? 'spend' : 'transaction';
    this.#targets.push({ accountId, id, sequence, kind });
    if (this.#targets.length > targetsMax) this.#targets.shift();
  }

  #read(): Action {
    const accountId = this.#account();
    const choice = this.random();
    const points = 1 + Math.floor(this.random() * spendMax);
    const isOwnAccount = accountId === this.#home;
    const known = choice < 0.2 ? this.#known : null;
    const look = (witness: Witness) => {
      if (known !== null) return witness.lookUp(known.accountId, known.id);
      return choice < 0.4 ? witness.preview(accountId, points) : witness.look(accountId);
    };
    return { kind: 'read', look, isOwnAccount };
  }

  #call(isKeyed: boolean): Call {
    const accountId = this.#account();
    const choice = this.random();
    if (choice < 0.15) return { kind: 'bulk', intents: this.#rows(accountId, isKeyed) };
    const target = this.#targets[Math.floor(this.random() * this.#targets.length)];
    if (choice > 0.8 && target !== undefined) {
      return { kind: 'single', intents: [this.#reverse(target, isKeyed)] };
    }
    const intent = choice < 0.6 ? this.#add(accountId, isKeyed) : this.#spend(accountId, isKeyed);
    return { kind: 'single', intents: [intent] };
  }

  /** Reverses an entry, mostly as one of its kind, and mostly all that is left of it. */
  #reverse({ accountId, id, sequence: target, kind }: Target, isKeyed: boolean): Intent {
    const points = this.random() < 0.6 ? null : 1 + Math.floor(this.random() * 500);
    const shared = { target, points, ...this.#tags(isKeyed) };
    const isOfKind = this.random() < 0.95;
    if ((kind === 'spend') === isOfKind) {
      return { accountId, targetId: id, command: { kind: 'reverseSpend', ...shared } };
    }
    const spentPart = this.random() < 0.5 ? 'DEBIT' : 'REFUSE';
    const command = { kind: 'reverseTransaction', spentPart, ...shared } as const;
    return { accountId, targetId: id, command };
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
    const payer = payers[Math.floor(this.random() * payers.length)];
    const timestamp = firstInstant + Math.floor(this.random() * instants);
    const points = (this.random() < 0.2 ? -1 : 1) * (1 + Math.floor(this.random() * 1_000));
    const dates = points > 0 && this.random() < 0.3 ? this.#dates() : {};
    const command = { kind: 'addTransaction', payer, points, timestamp, ...dates } as const;
    return { accountId, command: { ...command, ...this.#tags(isKeyed) } };
  }

  /** Some of them are too late when the command is decided. */
  #dates(): { readonly availableFrom?: number; readonly expiresAt?: number } {
    const soon = () => Date.now() + Math.floor(this.random() * datesMs);
    const choice = this.random();
    if (choice < 0.6) return { expiresAt: soon() };
    return choice < 0.8 ? { availableFrom: soon() } : { availableFrom: soon(), expiresAt: soon() };
  }

  #spend(accountId: string, isKeyed: boolean): Intent {
    const points = 1 + Math.floor(this.random() * spendMax);
    return { accountId, command: { kind: 'spendPoints', points, ...this.#tags(isKeyed) } };
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
    if (choice < 0.7) return `account ${Math.floor(number * accountCount)}${this.#chapter}`;
    return choice < 0.9 ? this.#home : this.#homeOf(Math.floor(number * this.clients));
  }

  get #home(): string {
    return this.#homeOf(this.index);
  }

  #homeOf(index: number): string {
    return `account of client ${index}${this.#chapter}`;
  }

  get #chapter(): string {
    return `, chapter ${Math.floor(this.#actions / chapterActions)}`;
  }
}
