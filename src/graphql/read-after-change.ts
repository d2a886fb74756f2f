import { GraphQLError, type GraphQLResolveInfo, OperationTypeNode } from 'graphql';
import type { TopLevelErrorCode } from '../error-codes';

/** Codes that say that nothing was changed. */
const unchangedCodes: ReadonlySet<unknown> = new Set<TopLevelErrorCode>([
  'SERVICE_UNAVAILABLE',
  'OVERLOADED',
]);

/**
 * A read that a field of the answer needs. In a mutation it comes after the change: where it fails,
 * nobody may be told that nothing was changed, and sending the same again under its key is right.
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
    'This part of the answer could not be read, after the change was made or refused. Try again ' +
      'with the same idempotency key; without one, look at the history first.',
    { originalError, extensions: { code: 'OUTCOME_UNKNOWN' satisfies TopLevelErrorCode } },
  );
}
