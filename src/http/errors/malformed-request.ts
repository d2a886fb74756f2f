/** A request that cannot be read: the message says what would be right. */
export class MalformedRequest extends Error {
  override readonly name = 'MalformedRequest';

  constructor(
    readonly statusCode: 400 | 415,
    message: string,
  ) {
    super(message);
  }
}
