import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { isOneOf, type TopLevelErrorCode, topLevelErrorCodes } from '../../error-codes';
import { shortMessage } from './short-message';

/** An error of this code is masked: its message is for the log alone. */
export const internalErrorCode = 'INTERNAL_SERVER_ERROR' as const satisfies TopLevelErrorCode;
const badInputCode = 'BAD_USER_INPUT' as const satisfies TopLevelErrorCode;

/** Apollo Server's own codes for malformed requests. The contract does not distinguish them. */
const malformedCodes: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * Converts an error to what a client may see: an expected one gets a code of the contract and
 * loses its hints about the schema. Any other error becomes a masked fault, whose details are only
 * logged.
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
    message: reworded(withoutHint(shortMessage(formatted.message, error))),
    ...place,
    extensions: { code },
  };
}

/** True if the error is a masked fault. */
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
  // graphql-js detects some invalid arguments only during execution, such as a variable that is
  // null where a value is required.
  return isAboutArgument(error) || isAboutVariables(error) ? badInputCode : null;
}

function isAboutArgument(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || !error.nodes?.[0]) return false;
  const root = error.originalError ?? error;
  return root instanceof GraphQLError && error.nodes[0].kind !== Kind.FIELD;
}

/** True for the error with which graphql-js stops after the first invalid variable. */
function isAboutVariables(error: unknown): boolean {
  return (
    error instanceof GraphQLError &&
    error.path === undefined &&
    error.message.startsWith('Too many errors processing variables')
  );
}

/** Matches only what graphql-js itself adds: names of the schema in quotes, not a client's text. */
const hint = / Did you mean (?:[a-z]+ ){0,6}"\w+"(?:, "\w+"){0,4}(?:,? or "\w+")?\?/g;

function withoutHint(message: string): string {
  return message.replace(hint, '');
}

const rewordings: readonly (readonly [start: string, message: string])[] = [
  [
    'GraphQL introspection is not allowed',
    'The schema is hidden here. To show it, start the server with INTROSPECTION=on (introspection: true of openLedger).',
  ],
  [
    'This operation has been blocked as a potential Cross-Site Request Forgery',
    'Any page could make a browser send this request (Cross-Site Request Forgery). Send it by POST with Content-Type: ' +
      'application/json, or by GET with the header apollo-require-preflight: 1. In urql, which ' +
      'sends queries by GET unless told otherwise, set preferGetMethod: false.',
  ],
];

/** Replaces messages of Apollo Server that name its own options, or not what a client can do. */
function reworded(message: string): string {
  const found = rewordings.find(([start]) => message.startsWith(start));
  return found === undefined ? message : found[1];
}
