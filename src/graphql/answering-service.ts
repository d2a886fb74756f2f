import { GraphQLError } from 'graphql';
import type { Changes } from '../service/feed/follow';
import type { LedgerService } from '../service/ledger-service';
import { ServiceError, type ServiceErrorCode } from '../service/service-error';

/**
 * What a client hears; the service's own words may name hosts and files, and go to the log as the
 * original error.
 */
const messages: Readonly<Record<Exclude<ServiceErrorCode, 'HISTORY_CHANGED'>, string>> = {
  SERVICE_UNAVAILABLE: 'The ledger cannot answer now. Nothing was changed; try again later.',
  OVERLOADED: 'Too many requests wait already. Nothing was changed; try again later.',
  OUTCOME_UNKNOWN:
    'It is not known whether the change was made. Try again with the same idempotency key; ' +
    'without one, look at the history first.',
};

/**
 * The service as resolvers use it: a request that could not be served becomes a top-level error
 * with its code.
 */
export function answeringService(service: LedgerService): LedgerService {
  return {
    run: (jobs) => service.run(jobs).catch(answerFault),
    entries: (range) => service.entries(range).catch(answerFault),
    entriesAt: (places) => service.entriesAt(places).catch(answerFault),
    accounts: (range) => service.accounts(range).catch(answerFault),
    follow: (request) => service.follow(request).then(answeringChanges, answerFault),
    check: () => service.check().catch(answerFault),
    close: () => service.close(),
  };
}

function answeringChanges<View>(changes: Changes<View>): Changes<View> {
  return {
    next: () => changes.next().catch(answerFault),
    return: () => changes.return(),
  };
}

function answerFault(error: unknown): never {
  if (!(error instanceof ServiceError)) throw error;
  const { code } = error;
  const message = code === 'HISTORY_CHANGED' ? error.message : messages[code];
  throw new GraphQLError(message, { originalError: error, extensions: { code } });
}
