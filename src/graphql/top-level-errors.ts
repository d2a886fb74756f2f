import { GraphQLError } from 'graphql';
import type { Changes } from '../service/feed/follow';
import type { LedgerService } from '../service/ledger-service';
import { ServiceError, type ServiceErrorCode, TooMuchDue } from '../service/service-error';
import { badUserInput } from './bad-user-input';

/**
 * The messages that clients receive. The service's own messages may name hosts and files, and are
 * logged as the original error.
 */
const messages: Readonly<Record<Exclude<ServiceErrorCode, 'HISTORY_CHANGED'>, string>> = {
  SERVICE_UNAVAILABLE: 'The ledger is unavailable. Nothing was changed; retry later.',
  OVERLOADED: 'Too many requests are queued. Nothing was changed; retry later.',
  OUTCOME_UNKNOWN:
    'It is unknown whether the change was made. Retry with the same idempotency key; without one, ' +
    'read the history first.',
};

/** Returns the service that resolvers use: its errors become top-level errors with their code. */
export function withTopLevelErrors(service: LedgerService): LedgerService {
  return {
    run: (jobs) => service.run(jobs).catch(throwTopLevel),
    entries: (range) => service.entries(range).catch(throwTopLevel),
    entriesAt: (places) => service.entriesAt(places).catch(throwTopLevel),
    newestNaming: (places) => service.newestNaming(places).catch(throwTopLevel),
    accounts: (range) => service.accounts(range).catch(throwTopLevel),
    follow: (request) => service.follow(request).then(changesWithTopLevelErrors, throwTopLevel),
    check: () => service.check().catch(throwTopLevel),
    close: () => service.close(),
  };
}

function changesWithTopLevelErrors<View>(changes: Changes<View>): Changes<View> {
  return {
    next: () => changes.next().catch(throwTopLevel),
    return: () => changes.return(),
  };
}

function throwTopLevel(error: unknown): never {
  if (error instanceof TooMuchDue) throw badUserInput(error.message);
  if (!(error instanceof ServiceError)) throw error;
  const { code } = error;
  const message = code === 'HISTORY_CHANGED' ? error.message : messages[code];
  throw new GraphQLError(message, { originalError: error, extensions: { code } });
}
