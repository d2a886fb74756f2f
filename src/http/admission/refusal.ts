import type { TopLevelErrorCode } from '../../error-codes';

/** Why a request is refused before its body is read. */
export interface Refusal {
  /** The status code of HTTP. */
  readonly status: number;
  readonly code: TopLevelErrorCode;
  readonly message: string;
}

export function badInput(status: number, message: string): Refusal {
  return { status, code: 'BAD_USER_INPUT', message };
}
