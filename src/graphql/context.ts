import type { Principal } from '../auth/principal';
import type { Logger } from '../telemetry/logger';
import type { ResponseBudget } from './response-budget';

/** The context that the HTTP layer passes to every operation. */
export interface LedgerContext {
  readonly requestId: string;
  /** Null if everything is allowed. */
  readonly principal: Principal | null;
  readonly logger: Logger;
  /** Not shared with other requests. */
  readonly budget: ResponseBudget;
}
