import type { Logger } from '../telemetry/logger';

/** What the HTTP layer hands to every operation. */
export interface LedgerContext {
  readonly requestId: string;
  readonly logger: Logger;
}
