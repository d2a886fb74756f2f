import { GraphQLError, type GraphQLResolveInfo, OperationTypeNode } from 'graphql';
import type { TopLevelErrorCode } from '../error-codes';

/** Codes that mean that nothing was changed. */
const unchangedCodes: ReadonlySet<unknown> = new Set<TopLevelErrorCode>([
  'SERVICE_UNAVAILABLE',
  'OVERLOADED',
]);

/**
 * Awaits a read for a field of the response. In a mutation it comes after the change: if it fails,
 * the client must not conclude that nothing was changed, and a retry with the same key is right.
 *
 * @throws OUTCOME_UNKNOWN in a mutation, in place of a code which says that nothing was changed.
 */
export async function readAfterChange<Found>(
  { operation }: GraphQLResolveInfo,
  read: Promise<Found>,
): Promise<Found> {
  if (operation.operation !== OperationTypeNode.MUTATION) return read;
  try {
    return await read;
  } catch (error) {
    throw unchangedCodes.has(codeOf(error)) ? unknownOutcome(error as Error) : error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof GraphQLError ? error.extensions.code : null;
}

function unknownOutcome(originalError: Error): GraphQLError {
  return new GraphQLError(
    'This part of the response could not be read after the change was made or refused. Retry with ' +
      'the same idempotency key; without one, read the history first.',
    { originalError, extensions: { code: 'OUTCOME_UNKNOWN' satisfies TopLevelErrorCode } },
  );
}
