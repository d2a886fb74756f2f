import { ApolloLink, CombinedGraphQLErrors, type ErrorLike, ServerError } from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { map } from 'rxjs';

const passingCodes = new Set<unknown>(['SERVICE_UNAVAILABLE', 'OVERLOADED', 'OUTCOME_UNKNOWN']);
const proxyStatuses = new Set([502, 503, 504]);

export function retries({ firstDelayMs = 300, attempts = 5 } = {}) {
  const retryLink = new RetryLink({
    delay: { initial: firstDelayMs, max: 10_000, jitter: true },
    attempts: {
      max: attempts,
      retryIf: (error, operation) => isPassing(error) && isSafeToRepeat(operation),
    },
  });
  // RetryLink looks at errors that are thrown; these come inside of an answer.
  const throwPassing = new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      map((answer) => {
        const error = answer.errors?.length ? new CombinedGraphQLErrors(answer) : null;
        if (error && isPassing(error)) throw error;
        return answer;
      }),
    ),
  );
  return ApolloLink.from([retryLink, throwPassing]);
}

function isPassing(error: ErrorLike): boolean {
  if (CombinedGraphQLErrors.is(error)) {
    return error.errors.some(({ extensions }) => passingCodes.has(extensions?.code));
  }
  if (ServerError.is(error)) return proxyStatuses.has(error.statusCode);
  // What fetch throws when no answer came.
  return error.name === 'TypeError';
}

/** A mutation that was perhaps done counts once only if it carries a key. */
function isSafeToRepeat({ operationType, variables }: ApolloLink.Operation): boolean {
  if (operationType === 'query') return true;
  const inputs = variables.input?.transactions ?? [variables.input];
  return inputs.every((input?: { idempotencyKey?: string }) => input?.idempotencyKey != null);
}
