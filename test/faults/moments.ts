import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry } from '../../src/ledger/entry';
import { walkLife } from '../model/replay-life';
import { hasPagesOf, textOfAccount } from './api-account';
import { type ApiEntry, apiEntryOf, isRight } from './api-entry';
import { previewOfModel } from './api-preview';
import { isSame } from './api-values';
import { isCurrent } from './current-values';
import type { Refused, Seen } from './evidence';
import { groupBy } from './group-by';
import { newestRequested } from './looks';
import { type State, States } from './states';

/** What a client saw, and the sequences between which it must have been true. */
interface Question {
  readonly seen: Seen;
  readonly from: number;
  readonly to: number;
}

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
  const shown = new ShownEntries(entries);
  try {
    for (const model of walkLife(accountId, entries)) {
      const { sequence } = model;
      const next = entries[sequence]?.recordedAt ?? Number.POSITIVE_INFINITY;
      let states: States | null = null;
      questions.forEach(({ seen, from, to }, place) => {
        if (sequence < from || sequence > to) return;
        states ??= new States(model, next);
        for (const state of states.of(seen)) {
          if (!isSo(seen, state, shown)) continue;
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

/** The entries of an account as clients know them. */
class ShownEntries {
  readonly #places: ReadonlyMap<string, number>;
  readonly #naming: ReadonlyMap<number | null, readonly Entry[]>;
  readonly #shown: ApiEntry[] = [];

  constructor(readonly entries: readonly Entry[]) {
    this.#places = new Map(entries.map((entry, place) => [encodeEntryId(entry), place]));
    this.#naming = groupBy(entries, (entry) => ('target' in entry ? entry.target : null));
  }

  /** Returns the sequence of the entry with an id, among so many; null if there is none. */
  sequenceOf(id: string, among: number): number | null {
    const place = this.#places.get(id);
    return place === undefined || place >= among ? null : place + 1;
  }

  /** Returns those of the first entries that name an entry. */
  naming(sequence: number, among: number): readonly Entry[] {
    return (this.#naming.get(sequence) ?? []).filter((entry) => entry.sequence <= among);
  }

  at(sequence: number): ApiEntry {
    this.#shown[sequence] ??= apiEntryOf(this.entries[sequence - 1], this.entries);
    return this.#shown[sequence];
  }
}

function isSo(seen: Seen, state: State, shown: ShownEntries): boolean {
  const { books, sequence, text } = state;
  const { entries } = shown;
  switch (seen.kind) {
    case 'account': {
      const { account, refused } = seen;
      if (textOfAccount(account) !== text) return false;
      if (account !== null && !hasPagesOf(account, books, entries)) return false;
      return refused === null || isRefusedBy(state, refused);
    }
    case 'refusal':
      return isRefusedBy(state, seen.refused);
    case 'preview':
      return isSame(seen.preview, previewOfModel(books, seen.request, entries));
    case 'history': {
      const { nodes } = seen;
      if (nodes.length !== Math.min(sequence, newestRequested)) return false;
      return nodes.every((node, place) => isRight(node, shown.at(sequence - place)));
    }
    case 'entry': {
      const found = shown.sequenceOf(seen.id, sequence);
      if (found === null || seen.entry === null) return found === null && seen.entry === null;
      return isRight(seen.entry, shown.at(found));
    }
    case 'hold':
    case 'reversed': {
      const found = shown.sequenceOf(seen.id, sequence);
      if (found === null) return false;
      return isCurrent(seen, entries[found - 1], shown.naming(found, sequence), books);
    }
  }
}

function isRefusedBy({ model, now }: State, { command, refusal }: Refused): boolean {
  const decision = model.copy().run(command, now, '');
  return decision.kind === 'refused' && isSame(decision.refusal, refusal);
}
