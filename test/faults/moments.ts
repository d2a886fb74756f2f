import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry } from '../../src/ledger/entry';
import type { NaiveBooks } from '../model/naive-books';
import type { NaiveLife } from '../model/naive-life';
import { walkLife } from '../model/replay-life';
import {
  apiEntryOf,
  isRight,
  lotsOfModel,
  type ModelMoment,
  newestRequested,
  previewOfModel,
  textOfAccount,
  textOfModel,
} from './api-values';
import type { Refused, Seen } from './evidence';

/** What a client saw, and the sequences between which it must have been true. */
interface Question {
  readonly seen: Seen;
  readonly from: number;
  readonly to: number;
}

/** How far the clocks of the servers may have been apart, in milliseconds. */
const clocksApartMsMax = 15_000;

/**
 * Returns, for each question, the sequences of an account after which what was seen was true, at
 * some instant until the next entry, ascending. Walks the account's entries once with the naive
 * model, up to the first entry that does not follow by the rule.
 */
export function momentsOf(
  accountId: string,
  questions: readonly Question[],
  entries: readonly Entry[],
): number[][] {
  const moments = questions.map((): number[] => []);
  const ids = entries.map(encodeEntryId);
  try {
    for (const model of walkLife(accountId, entries)) {
      const { sequence } = model;
      const next = entries[sequence]?.recordedAt ?? Number.POSITIVE_INFINITY;
      let states: States | null = null;
      questions.forEach(({ seen, from, to }, place) => {
        if (sequence < from || sequence > to) return;
        states ??= new States(model, next);
        for (const state of states.of(seen)) {
          if (!isSo(seen, { ...state, entries, ids })) continue;
          moments[place].push(sequence);
          break;
        }
      });
    }
  } catch {
    // The replay of the journal complains of it.
  }
  return moments;
}

interface State extends ModelMoment {
  readonly model: NaiveLife;
  readonly now: number;
  readonly text: string;
}

interface Moment extends State {
  readonly entries: readonly Entry[];
  /** The ids under which clients know the entries. */
  readonly ids: readonly string[];
}

/** The account at instants until the next entry; each state is computed once. */
class States {
  readonly #known = new Map<number, State>();
  readonly #dates: readonly number[];

  constructor(
    private readonly model: NaiveLife,
    private readonly nextRecordedAt: number,
  ) {
    const open = model.books.lots.filter(({ unspent }) => unspent > 0);
    const dates = open.flatMap(({ from = [], expiresAt = [] }) => [from, expiresAt].flat());
    this.#dates = [...new Set(dates)].sort((a, b) => a - b);
  }

  /** Returns the states that a client can have seen. */
  *of(seen: Seen): Generator<State> {
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

/** Returns the dates of a refused grant: it is refused from them on. */
function datesOf(seen: Seen): readonly (number | undefined)[] {
  const refused = 'refused' in seen ? seen.refused : null;
  if (refused?.command.kind !== 'addTransaction') return [];
  return [refused.command.availableFrom, refused.command.expiresAt];
}

function isSo(seen: Seen, moment: Moment): boolean {
  const { entries, ids, sequence, text } = moment;
  switch (seen.kind) {
    case 'account': {
      const { account, refused } = seen;
      if (textOfAccount(account) !== text) return false;
      const lots = account?.lots?.nodes;
      if (lots !== undefined && !isSame(lots, lotsOfModel(moment, entries))) return false;
      return refused === null || isRefusedBy(moment, refused);
    }
    case 'refusal':
      return isRefusedBy(moment, seen.refused);
    case 'preview':
      return isSame(seen.preview, previewOfModel(moment, seen.points, entries));
    case 'history':
      return isSame(
        seen.ids,
        ids.slice(Math.max(0, sequence - newestRequested), sequence).toReversed(),
      );
    case 'entry': {
      const found = entries[ids.slice(0, sequence).indexOf(seen.id)];
      if (seen.entry === null) return found === undefined;
      return found !== undefined && isRight(seen.entry, apiEntryOf(found, entries));
    }
  }
}

function isRefusedBy({ model, now }: State, { command, refusal }: Refused): boolean {
  const decision = model.copy().run(command, now, '');
  return decision.kind === 'refused' && isSame(decision.refusal, refusal);
}

function isSame(received: unknown, right: unknown): boolean {
  return JSON.stringify(received) === JSON.stringify(right);
}
