import type { Result } from './evidence';
import { choicesOf, datesOf, endOf, oneOf, payers, spendOf } from './random-input';
import type { Call, Intent } from './requests';
import type { Target, Targets } from './targets';

const firstInstant = Date.UTC(2020, 0, 1);
const instants = 100_000;
const rowsMax = 12;
const partMax = 500;

interface Tags {
  readonly reference: string;
  readonly idempotencyKey: string | null;
}

interface ChangeOptions {
  readonly random: () => number;
  /** What clients received and may name, and get what this client receives. */
  readonly targets: Targets;
  /** Returns the account of the next command that names no entry. */
  readonly nextAccount: () => string;
  /** Returns a reference that no other command has, and perhaps a key. */
  readonly nextTags: (isKeyed: boolean) => Tags;
}

/**
 * Generates changes at random: adds in no order of time, some with dates, debits, spends and holds,
 * some of chosen payers, captures, releases and reversals of what any client received, and bulk
 * calls over several accounts.
 */
export class RandomChanges {
  constructor(private readonly options: ChangeOptions) {}

  next(isKeyed: boolean): Call {
    const accountId = this.options.nextAccount();
    const choice = this.options.random();
    if (choice < 0.15) return { kind: 'bulk', intents: this.#rows(accountId, isKeyed) };
    return { kind: 'single', intents: [this.#single(accountId, choice, isKeyed)] };
  }

  /** Notes the result of a command, so that its entry can be named later. */
  note(intent: Intent, result: Result): void {
    this.options.targets.note(intent, result);
  }

  #single(accountId: string, choice: number, isKeyed: boolean): Intent {
    const { random, targets } = this.options;
    if (choice < 0.5) return this.#add(accountId, isKeyed);
    if (choice < 0.58) return this.#spend(accountId, isKeyed);
    if (choice < 0.7) return this.#hold(accountId, isKeyed);
    const kind = choice < 0.84 ? 'hold' : oneOf(['transaction', 'spend'] as const, random);
    const target = targets.of(kind, random);
    if (target === undefined) return this.#add(accountId, isKeyed);
    // Now and then the entry is of a kind that the command is not about.
    const isHold = (kind === 'hold') === random() < 0.95;
    return isHold ? this.#close(target, isKeyed) : this.#reverse(target, isKeyed);
  }

  /** Captures a hold, in part or in whole, or releases it. */
  #close({ accountId, id: targetId, sequence: target }: Target, isKeyed: boolean): Intent {
    const { random, nextTags } = this.options;
    const tags = nextTags(isKeyed);
    if (random() < 0.3) {
      return { accountId, targetId, command: { kind: 'releaseHold', target, ...tags } };
    }
    const [points, keepRest] = [this.#part(0.4), random() < 0.5];
    const command = { kind: 'captureHold', target, points, keepRest, ...tags } as const;
    return { accountId, targetId, command };
  }

  /** Reverses an entry, mostly as one of its kind, and mostly all that is left of it. */
  #reverse({ accountId, id: targetId, sequence: target, kind }: Target, isKeyed: boolean): Intent {
    const { random, nextTags } = this.options;
    const shared = { target, points: this.#part(0.6), ...nextTags(isKeyed) };
    const isOfKind = random() < 0.95;
    if ((kind === 'spend') === isOfKind) {
      return { accountId, targetId, command: { kind: 'reverseSpend', ...shared } };
    }
    const spentPart = random() < 0.5 ? 'DEBIT' : 'REFUSE';
    const command = { kind: 'reverseTransaction', spentPart, ...shared } as const;
    return { accountId, targetId, command };
  }

  /** Returns null, for all there is, with this chance, or a number of points. */
  #part(all: number): number | null {
    const { random } = this.options;
    return random() < all ? null : 1 + Math.floor(random() * partMax);
  }

  /** Generates rows of one account or of any; with keys, one of them perhaps twice. */
  #rows(accountId: string, isKeyed: boolean): Intent[] {
    const { random, nextAccount } = this.options;
    const isOfOne = random() < 0.6;
    const count = 1 + Math.floor(random() * rowsMax);
    const rows = Array.from({ length: count }, () =>
      this.#add(isOfOne ? accountId : nextAccount(), isKeyed),
    );
    const isTwice = random() < 0.2;
    return isKeyed && isTwice ? [...rows, rows[0]] : rows;
  }

  #add(accountId: string, isKeyed: boolean): Intent {
    const { random, nextTags } = this.options;
    const payer = oneOf(payers, random);
    const timestamp = firstInstant + Math.floor(random() * instants);
    const points = (random() < 0.2 ? -1 : 1) * (1 + Math.floor(random() * 1_000));
    const dates = points > 0 && random() < 0.3 ? datesOf(random) : {};
    const command = { kind: 'addTransaction', payer, points, timestamp, ...dates } as const;
    return { accountId, command: { ...command, ...nextTags(isKeyed) } };
  }

  #spend(accountId: string, isKeyed: boolean): Intent {
    const { random, nextTags } = this.options;
    const points = spendOf(random);
    const command = { kind: 'spendPoints', points, ...choicesOf(random) } as const;
    return { accountId, command: { ...command, ...nextTags(isKeyed) } };
  }

  #hold(accountId: string, isKeyed: boolean): Intent {
    const { random, nextTags } = this.options;
    const points = Math.ceil(spendOf(random) / 2);
    const command = { kind: 'holdPoints', points, expiresAt: endOf(random) } as const;
    const choices = choicesOf(random);
    return { accountId, command: { ...command, ...choices, ...nextTags(isKeyed) } };
  }
}
