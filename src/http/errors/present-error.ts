import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { isOneOf, type TopLevelErrorCode, topLevelErrorCodes } from '../../error-codes';
import { shortMessage } from './short-message';

/** An error of this code is masked: its message is for the log alone. */
export const internalErrorCode = 'INTERNAL_SERVER_ERROR' satisfies TopLevelErrorCode;
const badInputCode = 'BAD_USER_INPUT' satisfies TopLevelErrorCode;

/** Apollo Server's own codes for requests that are none, which the contract does not tell apart. */
const malformedCodes: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * Turns an error into what a client may see: expected ones with a code of the contract and without
 * hints at the schema, everything else as a fault whose details are for the log alone.
 */
export function presentError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const code = publicCodeOf(formatted, error);
  const place = { locations: formatted.locations, path: formatted.path };
  if (code === null) {
    const message = 'The server failed; the fault is in its log under the request id.';
    return { message, ...place, extensions: { code: internalErrorCode } };
  }
  return {
    message: inOurWords(withoutHint(shortMessage(formatted.message, error))),
    ...place,
    extensions: { code },
  };
}

/** Whether the client gets this as a masked fault. */
export function isFault(error: GraphQLFormattedError): boolean {
  return error.extensions?.code === internalErrorCode;
}

export function withRequestId(
  error: GraphQLFormattedError,
  requestId: string,
): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}

function publicCodeOf(formatted: GraphQLFormattedError, error: unknown): TopLevelErrorCode | null {
  const code = formatted.extensions?.code;
  if (code !== internalErrorCode && isOneOf(topLevelErrorCodes, code)) return code;
  if (malformedCodes.has(code)) return badInputCode;
  // graphql-js refuses some arguments only while executing: null from a variable where a value must
  // be.
  return isAboutArgument(error) || isAboutVariables(error) ? badInputCode : null;
}

function isAboutArgument(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || !error.nodes?.[0]) return false;
  const root = error.originalError ?? error;
  return root instanceof GraphQLError && error.nodes[0].kind !== Kind.FIELD;
}

/** Behind the first fault in variables graphql-js stops, with an error that names no other. */
function isAboutVariables(error: unknown): boolean {
  return (
    error instanceof GraphQLError &&
    error.path === undefined &&
    error.message.startsWith('Too many errors processing variables')
  );
}

/** Only what graphql-js itself adds: names of the schema in quotes, not what a client may say. */
const hint = / Did you mean (?:[a-z]+ ){0,6}"\w+"(?:, "\w+"){0,4}(?:,? or "\w+")?\?/g;

function withoutHint(message: string): string {
  return message.replace(hint, '');
}

/** Apollo Server's words name its own options, which the reader cannot reach. */
function inOurWords(message: string): string {
  if (!message.startsWith('GraphQL introspection is not allowed')) return message;
  return 'The schema is hidden here. Start the server with INTROSPECTION=on to show it.';
}
