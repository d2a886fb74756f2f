/** The exports of the package `points-ledger`. */
export type {
  Ledger,
  LedgerOptions,
  LedgerPrincipal,
  LedgerRequest,
  LedgerResponse,
  LedgerScope,
  LedgerServer,
  ListenOptions,
} from './embed/ledger';
export { openLedger } from './embed/open-ledger';
export { scalarMocks } from './embed/scalar-mocks';
export type { Logger } from './telemetry/logger';
