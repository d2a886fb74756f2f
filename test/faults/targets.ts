import type { Command } from '../../src/ledger/command';
import type { Result } from './evidence';
import type { Intent } from './requests';

/** An entry that a command may name, or a client may read. */
export interface Target {
  readonly accountId: string;
  readonly id: string;
  readonly sequence: number;
  readonly kind: 'transaction' | 'spend' | 'hold';
}

const kinds: Partial<Record<Command['kind'], Target['kind']>> = {
  addTransaction: 'transaction',
  spendPoints: 'spend',
  captureHold: 'spend',
  holdPoints: 'hold',
};

/** Of each kind: the last that any client received, so that clients race for the same ones. */
const keptMax = 40;

/** What the clients received and may reverse, capture or release. */
export class Targets {
  readonly #known = new Map<Target['kind'], Target[]>();

  /** Notes the result of a command. */
  note({ accountId, command }: Intent, result: Result): void {
    const kind = kinds[command.kind];
    if (kind === undefined || result.kind !== 'accepted') return;
    const { id, sequence } = result.entry;
    const known = this.#known.get(kind) ?? [];
    known.push({ accountId, id, sequence, kind });
    if (known.length > keptMax) known.shift();
    this.#known.set(kind, known);
  }

  /** Returns one of a kind, a recent one more often; undefined if none is known. */
  of(kind: Target['kind'], random: () => number): Target | undefined {
    const known = this.#known.get(kind) ?? [];
    return known[Math.floor(Math.sqrt(random()) * known.length)];
  }
}
