import type { Job } from '../../service/ledger-service';

export const atDescription =
  'Shows the account as it is at this instant if nobody does anything until then: points expire ' +
  'and begin, and holds end. An instant before now, or null, means now. BAD_USER_INPUT if more ' +
  'than 10,000 lots expire or begin, or holds end, until then.';

/** Returns the job of a read, without its view. */
export function readAt(
  accountId: string,
  at: number | null | undefined,
): Omit<Job<unknown>, 'view'> {
  return at == null ? { accountId, commands: [] } : { accountId, commands: [], at };
}
