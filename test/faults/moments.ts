import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry } from '../../src/ledger/entry';
import type { NaiveRefusal } from '../model/naive-decision';
import { NaiveLedger } from '../model/naive-ledger';
import {
  apiEntryOf,
  isRight,
  lotsOfModel,
  newestRequested,
  previewOfModel,
  textOfAccount,
  textOfModel,
} from './api-values';
import type { Refused, Seen } from './evidence';

/** What a client saw, and the sequences between which it must have been true. */
export interface Question {
  readonly seen: Seen;
  readonly from: number;
  readonly to: number;
}

/**
 * Returns, for each question, the sequences of an account after which what was seen was true,
 * ascending. Walks the account's entries once with the naive model.
 */
export function momentsOf(
  accountId: string,
  questions: readonly Question[],
  entries: readonly Entry[],
): number[][] {
  const moments = questions.map((): number[] => []);
  const model = new NaiveLedger(accountId);
  const ids = entries.map(encodeEntryId);
  for (let sequence = 0; sequence <= entries.length; sequence += 1) {
    if (sequence > 0) model.apply(entries[sequence - 1]);
    const moment = { model, entries, ids, sequence, text: textOfModel(model) };
    questions.forEach(({ seen, from, to }, place) => {
      if (from <= sequence && sequence <= to && isSo(seen, moment)) moments[place].push(sequence);
    });
  }
  return moments;
}

interface Moment {
  readonly model: NaiveLedger;
  readonly entries: readonly Entry[];
  /** The ids under which clients know the entries. */
  readonly ids: readonly string[];
  readonly sequence: number;
  readonly text: string;
}

function isSo(seen: Seen, { model, entries, ids, sequence, text }: Moment): boolean {
  switch (seen.kind) {
    case 'account': {
      const { account, refused } = seen;
      if (textOfAccount(account) !== text) return false;
      const lots = account?.lots?.nodes;
      if (lots !== undefined && !isSame(lots, lotsOfModel(model, entries))) return false;
      return refused === null || isRefusedBy(model, refused);
    }
    case 'refusal':
      return isRefusedBy(model, seen.refused);
    case 'preview':
      return isSame(seen.preview, previewOfModel(model, seen.points, entries));
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

function isRefusedBy(model: NaiveLedger, { command, refusal }: Refused): boolean {
  const decision = model.decide(command, 0, '');
  return decision.kind === 'refused' && isSame(decision.refusal, refusal satisfies NaiveRefusal);
}

function isSame(received: unknown, right: unknown): boolean {
  return JSON.stringify(received) === JSON.stringify(right);
}
