/**
 * The package in Vitest, which alone of the programs that import packages from node_modules loads
 * `index.mjs` of graphql, where Node.js loads `index.js`. There `ledger.schema` is built for that
 * copy.
 */
import { type LedgerOptions, openLedger as open, scalarMocks } from './index.js';

/** Vitest's state of a worker; it is set before any test is loaded. */
const isVitest = '__vitest_worker__' in globalThis;

// @ts-expect-error: its types are those of 'graphql'; it has none at this path.
const graphql = isVitest ? await import('graphql/index.mjs') : undefined;

export const openLedger = (options: LedgerOptions) => open({ graphql, ...options });
export { scalarMocks };
