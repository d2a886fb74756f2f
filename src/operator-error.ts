/** Where an operator has to act. */
type OperatorArea = 'setting' | 'address' | 'store';

/** A problem that an operator can fix: the message says what is wrong and what to do. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';

  constructor(
    readonly area: OperatorArea,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
