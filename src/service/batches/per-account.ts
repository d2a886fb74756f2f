import type { Append, AppendResult, CatchUp, CaughtUp, Journal } from '../../journal/journal';
import { AppendOutcomeUnknown, isPartial } from '../../journal/journal-error';
import { Limited } from '../limited';
import { appendSettled, type Patience, settleAppend } from './settled-append';

/** The failure of a call for one account, while calls for others may have succeeded. */
export class AccountFailure {
  constructor(readonly error: unknown) {}
}

/** Calls of one batch for single accounts, as many as the journal has connections for each. */
const callsMax = 2;

/**
 * Appends, and settles unknown outcomes. If only a part of a distributed store fails, each
 * account is appended to again by itself, with the same entries, so that only the accounts of that
 * part fail.
 * @throws what {@link appendSettled} throws if the whole store fails.
 */
export async function appendPerAccount(
  journal: Journal,
  appends: readonly Append[],
  patience: Patience,
): Promise<(AppendResult | AccountFailure)[]> {
  try {
    return await journal.append(appends);
  } catch (error) {
    const isUnknown = error instanceof AppendOutcomeUnknown;
    if (appends.length > 1 && isPartial(error)) {
      return eachAlone(appends, async (append) => {
        const [result] = isUnknown
          ? await settleAppend(journal, [append], patience, error)
          : await appendSettled(journal, [append], patience);
        return result;
      });
    }
    if (!isUnknown) throw error;
    return settleAppend(journal, appends, patience, error);
  }
}

/**
 * Catches accounts up. If only a part of a distributed store fails, each account is read again by
 * itself.
 * @throws what the journal throws if the whole store fails.
 */
export async function catchUpPerAccount(
  journal: Journal,
  requests: readonly CatchUp[],
  entriesMax: number,
): Promise<(CaughtUp | AccountFailure)[]> {
  try {
    return await journal.catchUp(requests, entriesMax);
  } catch (error) {
    if (requests.length === 1 || !isPartial(error)) throw error;
    return eachAlone(requests, async (request) => {
      const [caughtUp] = await journal.catchUp([request], entriesMax);
      return caughtUp;
    });
  }
}

function eachAlone<Item, Result>(
  items: readonly Item[],
  call: (item: Item) => Promise<Result>,
): Promise<(Result | AccountFailure)[]> {
  const limited = new Limited(callsMax);
  return Promise.all(
    items.map((item) =>
      limited.run(() => call(item)).catch((error: unknown) => new AccountFailure(error)),
    ),
  );
}
