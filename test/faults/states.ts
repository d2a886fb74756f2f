import type { NaiveBooks } from '../model/naive-books';
import type { NaiveLife } from '../model/naive-life';
import { type ModelMoment, textOfModel } from './api-account';
import type { Seen } from './evidence';

/** How far the clocks of the servers may have been apart, in milliseconds. */
const clocksApartMsMax = 15_000;

export interface State extends ModelMoment {
  readonly model: NaiveLife;
  readonly now: number;
  readonly text: string;
}

/** The account at instants until the next entry; each state is computed once. */
export class States {
  readonly #known = new Map<number, State>();
  readonly #dates: readonly number[];

  constructor(
    private readonly model: NaiveLife,
    private readonly nextRecordedAt: number,
  ) {
    const { lots, holds } = model.books;
    const dates = lots.flatMap(({ unspent, held, from = [], expiresAt = [] }) =>
      unspent > 0 || held > 0 ? [from, expiresAt].flat() : [],
    );
    const ends = holds.flatMap((hold) => (hold.lots.length > 0 ? hold.expiresAt : []));
    this.#dates = [...new Set([...dates, ...ends])].sort((a, b) => a - b);
  }

  /** Returns the states that a client can have seen. */
  *of(seen: Seen): Generator<State> {
    if (isOfEntries(seen)) return yield this.#at(this.model.recordedAt, this.model.books);
    const at = atOf(seen);
    if (at === undefined) return yield* this.#until(seen);
    // A clock that is before the instant shows the account at the instant.
    if (at > this.model.recordedAt) yield this.#at(at, this.model.books);
    for (const state of this.#until(seen)) if (state.now >= at) yield state;
  }

  *#until(seen: Seen): Generator<State> {
    const { recordedAt } = this.model;
    const until = this.nextRecordedAt + clocksApartMsMax;
    const first = this.#at(recordedAt, this.model.books);
    yield first;
    let { books } = first;
    for (const at of this.#dates) {
      if (at <= recordedAt || at > until) continue;
      const state = this.#at(at, books);
      books = state.books;
      yield state;
    }
    for (const at of datesOf(seen)) {
      if (at !== undefined && at > recordedAt && at <= until) yield this.#at(at, first.books);
    }
  }

  /** @param earlier the books at an earlier instant. */
  #at(now: number, earlier: NaiveBooks): State {
    let state = this.#known.get(now);
    if (state === undefined) {
      const { model } = this;
      const { sequence } = model;
      const books = model.at(now, earlier);
      state = { model, sequence, books, now, text: textOfModel({ sequence, books }) };
      this.#known.set(now, state);
    }
    return state;
  }
}

/** True if what was seen follows from the entries alone, at whatever instant. */
function isOfEntries({ kind }: Seen): boolean {
  return kind === 'history' || kind === 'entry' || kind === 'reversed';
}

/** Returns the later instant of which something was requested. */
function atOf(seen: Seen): number | undefined {
  if (seen.kind === 'account') return seen.at;
  return seen.kind === 'preview' ? seen.request.at : undefined;
}

/** Returns the dates of a refused grant or hold: it is refused from them on. */
function datesOf(seen: Seen): readonly (number | undefined)[] {
  const command = 'refused' in seen ? seen.refused?.command : undefined;
  if (command?.kind === 'holdPoints') return [command.expiresAt];
  if (command?.kind !== 'addTransaction') return [];
  return [command.availableFrom, command.expiresAt];
}
