import { OperatorError } from '../operator-error';

interface JournalErrorOptions extends ErrorOptions {
  readonly isPartial?: boolean;
}

/** The store did not execute the call and will not do so later. A retry may succeed. */
export class JournalUnavailable extends Error {
  override readonly name: string = 'JournalUnavailable';
  /** True if a part of a distributed store failed: the same call for other accounts may succeed. */
  readonly isPartial: boolean;

  constructor(message?: string, { isPartial = false, ...options }: JournalErrorOptions = {}) {
    super(message, options);
    this.isPartial = isPartial;
  }
}

/**
 * The store has lost entries that it had acknowledged to this process. Every call rejects with this
 * until an operator has acted and a new process opens the store. Retries are useless.
 */
export class JournalDamaged extends JournalUnavailable {
  override readonly name = 'JournalDamaged';
}

/** An append was sent and its response was lost: it may be done now, later, or never. */
export class AppendOutcomeUnknown extends Error {
  override readonly name = 'AppendOutcomeUnknown';
  /** True if a part of a distributed store failed: the outcome may differ by account. */
  readonly isPartial: boolean;

  constructor(message?: string, { isPartial = false, ...options }: JournalErrorOptions = {}) {
    super(message, options);
    this.isPartial = isPartial;
  }
}

/** An entry was written by a newer program, so its account cannot be used. Others can. */
export class UnknownEntry extends OperatorError {}

/**
 * True for an error that says that only a part of the store failed, or a single account: the same
 * call for other accounts may succeed.
 */
export function isPartial(error: unknown): boolean {
  if (error instanceof UnknownEntry) return true;
  const isOfJournal = error instanceof JournalUnavailable || error instanceof AppendOutcomeUnknown;
  return isOfJournal && error.isPartial;
}
