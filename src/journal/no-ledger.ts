import { OperatorError } from '../operator-error';

/**
 * Returns the error of a command that needs a ledger, where there is none.
 * @param finding what there is instead, a sentence without its full stop.
 */
export function noLedger(finding: string): OperatorError {
  return new OperatorError(
    'store',
    `${finding}. Name one with --database or DATABASE_URL; \`npm start\` creates a new one, and ` +
      '`points restore` one from an export.',
  );
}
