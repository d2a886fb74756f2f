/**
 * The package for bundlers and Vitest. They load `index.mjs` of graphql where Node.js loads
 * `index.js`, so `ledger.schema` is built for that copy.
 */
// @ts-expect-error: its types are those of 'graphql'; it has none at this path.
import * as graphql from 'graphql/index.mjs';
import { type LedgerOptions, openLedger as open, scalarMocks } from './index.js';

export const openLedger = (options: LedgerOptions) => open({ graphql, ...options });
export { scalarMocks };
