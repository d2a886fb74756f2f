import { ApolloLink, CombinedGraphQLErrors, type ErrorLike, ServerError } from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { map } from 'rxjs';

const transientCodes = new Set<unknown>(['SERVICE_UNAVAILABLE', 'OVERLOADED', 'OUTCOME_UNKNOWN']);
const proxyStatuses = new Set([502, 503, 504]);

export function retries({ firstDelayMs = 300, attempts = 5 } = {}) {
  const retryLink = new RetryLink({
    delay: { initial: firstDelayMs, max: 10_000, jitter: true },
    attempts: {
      max: attempts,
      retryIf: (error, operation) => isTransient(error) && isSafeToRetry(operation),
    },
  });
  // RetryLink handles errors that are thrown; these are part of a result.
  const throwTransient = new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      map((result) => {
        const error = result.errors?.length ? new CombinedGraphQLErrors(result) : null;
        if (error && isTransient(error)) throw error;
        return result;
      }),
    ),
  );
  return ApolloLink.from([retryLink, throwTransient]);
}

function isTransient(error: ErrorLike): boolean {
  if (CombinedGraphQLErrors.is(error)) {
    return error.errors.some(({ extensions }) => transientCodes.has(extensions?.code));
  }
  if (ServerError.is(error)) return proxyStatuses.has(error.statusCode);
  // Thrown by fetch if there was no response.
  return error.name === 'TypeError';
}

/** A mutation with an unknown outcome counts once only if it has a key. */
function isSafeToRetry({ operationType, variables }: ApolloLink.Operation): boolean {
  if (operationType === 'query') return true;
  const inputs = variables.input?.transactions ?? [variables.input];
  return inputs.every((input?: { idempotencyKey?: string }) => input?.idempotencyKey != null);
}
