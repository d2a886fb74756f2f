export { compareCodePoints } from '../ledger/code-point-order';
