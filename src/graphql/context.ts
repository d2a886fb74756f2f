import type { Logger } from '../telemetry/logger';
import type { AnswerBudget } from './answer-budget';

/** What the HTTP layer hands to every operation. */
export interface LedgerContext {
  readonly requestId: string;
  readonly logger: Logger;
  /** Of this request alone. */
  readonly budget: AnswerBudget;
}
