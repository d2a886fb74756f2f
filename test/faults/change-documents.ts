import type { Command } from '../../src/ledger/command';
import { accountFields } from './api-account';
import { entryFields } from './api-entry';
import { instantOrNull, refusalFields } from './api-values';
import type { Attempt } from './evidence';

const rest = `account { ${accountFields} } replayed ${refusalFields}`;

function documentOf(mutation: string, field: keyof typeof entryFields): string {
  const input = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${input}!) {
    done: ${mutation}(input: $input) { entry: ${field} { ${entryFields[field]} } ${rest} } }`;
}

/** The document of each command. Its payload is `done`, with the accepted entry as `entry`. */
export const documents: Readonly<Record<Command['kind'], string>> = {
  addTransaction: documentOf('addTransaction', 'transaction'),
  spendPoints: documentOf('spendPoints', 'spend'),
  reverseSpend: documentOf('reverseSpend', 'spendReversal'),
  reverseTransaction: documentOf('reverseTransaction', 'transactionReversal'),
  holdPoints: documentOf('holdPoints', 'hold'),
  captureHold: documentOf('captureHold', 'spend'),
  releaseHold: documentOf('releaseHold', 'release'),
};

/** The document of a bulk call, with a payload of each row in `results`. */
export const manyAdds = `mutation ($input: AddTransactionsInput!) {
  done: addTransactions(input: $input) {
    results { entry: transaction { ${entryFields.transaction} } ${rest} } } }`;

/** Returns the input of a command in the API. */
export function inputOf({
  accountId,
  command,
  targetId,
}: Pick<Attempt, 'accountId' | 'command' | 'targetId'>): object {
  const { reference, idempotencyKey } = command;
  const shared = { accountId, reference, idempotencyKey };
  switch (command.kind) {
    case 'addTransaction': {
      const { payer, points, availableFrom, expiresAt } = command;
      const timestamp = instantOrNull(command.timestamp);
      const dates = {
        availableFrom: instantOrNull(availableFrom),
        expiresAt: instantOrNull(expiresAt),
      };
      return { ...shared, payer, points, timestamp, ...dates };
    }
    case 'spendPoints':
    case 'holdPoints': {
      const { points, payers, upTo } = command;
      const end =
        command.kind === 'holdPoints' ? { expiresAt: instantOrNull(command.expiresAt) } : {};
      return { ...shared, points, payers, upTo, ...end };
    }
    case 'captureHold': {
      const { points, keepRest } = command;
      return { ...shared, id: targetId, points, keepRest };
    }
    case 'releaseHold':
      return { ...shared, id: targetId };
    case 'reverseSpend':
      return { ...shared, id: targetId, points: command.points };
    case 'reverseTransaction': {
      const { points, spentPart } = command;
      return { ...shared, id: targetId, points, spentPart };
    }
  }
}
