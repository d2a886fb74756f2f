import { decodeEntryId } from '../ids/entry-id';
import type { JsonValues as Values } from '../import/json-object';
import type { SpentPart } from '../ledger/command';
import type { Entry, EntryCommon } from '../ledger/entry';
import type { ExpiryRow } from '../ledger/lapse-entry';
import { choicesOf } from './read-choices';
import { allocationsOf, rowsOf } from './read-lots';
import {
  checkFields,
  flagOf,
  instantOf,
  instantUnlessAbsent,
  numberOf,
  numberOrNull,
  shown,
  textOf,
  textOrNull,
  WrongValue,
} from './read-values';

const commonFields = [
  'accountId',
  'sequence',
  'id',
  'kind',
  'points',
  'recordedAt',
  'reference',
  'idempotencyKey',
];

/** Version 1 has these kinds and no digests. */
const firstFields = {
  transaction: new Set([...commonFields, 'payer', 'timestamp']),
  spend: new Set([...commonFields, 'allocations']),
} as const;

const choiceFields = ['payers', 'upTo'];
const reversalFields = ['actor', 'digest', 'target', 'requested', 'total'];
const captureFields = ['target', 'keepRest', 'total', 'released', 'lapses'];
const lotFields = [...commonFields, 'actor', 'digest', 'allocations'];
const transactionFields = [...firstFields.transaction, 'actor', 'digest'];
const fields = {
  transaction: new Set([...transactionFields, 'availableFrom', 'expiresAt']),
  spend: new Set([...lotFields, 'requested', ...choiceFields]),
  capture: new Set([...lotFields, 'requested', ...captureFields]),
  hold: new Set([...lotFields, 'requested', 'expiresAt', ...choiceFields]),
  release: new Set([...lotFields, 'target', 'lapses']),
  spendReversal: new Set([...lotFields, ...reversalFields, 'lapses']),
  transactionReversal: new Set([
    ...[...commonFields, ...reversalFields],
    ...['payer', 'timestamp', 'spentPart', 'fromLot', 'debited', 'lifted'],
  ]),
  lapse: new Set([...commonFields, 'digest', 'rows']),
} as const;

/** A capture is a spend that has a target. */
type Kind = keyof typeof fields;

/** A version of the format of exports. */
export type ExportVersion = 1 | 2;

/**
 * Reads an entry of an export. Only a replay shows whether the ledger would have made it.
 * @throws WrongValue if a value is missing, unknown or of the wrong type.
 */
export function readEntry(values: Values, version: ExportVersion): Entry {
  const kind = kindOf(values, version);
  checkFields(values, version === 1 ? firstFields[kind as FirstKind] : fields[kind]);
  const common = commonOf(values, version === 1 ? null : digestOf(values));
  return readers[kind](values, common);
}

type FirstKind = keyof typeof firstFields;

function kindOf(values: Values, version: ExportVersion): Kind {
  const { kind } = values;
  const known = version === 1 ? firstFields : fields;
  if (typeof kind !== 'string' || kind === 'capture' || !Object.hasOwn(known, kind)) {
    const kinds = Object.keys(known).filter((each) => each !== 'capture');
    const shownKinds = kinds.map((each) => JSON.stringify(each)).join(', ');
    throw new WrongValue(`kind must be one of ${shownKinds}, and is ${shown(kind)}`);
  }
  return kind === 'spend' && version > 1 && 'target' in values ? 'capture' : (kind as Kind);
}

type Common = EntryCommon & { readonly points: number };

/** The kinds by name; each reads what the kind has besides what all have. */
const readers: { readonly [K in Kind]: (values: Values, common: Common) => Entry } = {
  transaction: (values, common) => ({
    kind: 'transaction',
    ...common,
    payer: textOf(values, 'payer'),
    timestamp: instantOf(values, 'timestamp'),
    ...instantUnlessAbsent(values, 'availableFrom'),
    ...instantUnlessAbsent(values, 'expiresAt'),
  }),
  spend: (values, common) => ({
    kind: 'spend',
    ...common,
    allocations: allocationsOf(values),
    ...('requested' in values ? { requested: numberOf(values, 'requested') } : {}),
    ...choicesOf(values),
  }),
  capture: (values, common) => ({
    kind: 'spend',
    ...common,
    ...reversalOf(values),
    keepRest: flagOf(values, 'keepRest'),
    allocations: allocationsOf(values),
    released: allocationsOf(values, 'released'),
    lapses: expiriesOf(values),
  }),
  hold: (values, common) => ({
    kind: 'hold',
    ...common,
    requested: numberOf(values, 'requested'),
    expiresAt: instantOf(values, 'expiresAt'),
    allocations: allocationsOf(values),
    ...choicesOf(values),
  }),
  release: (values, common) => ({
    kind: 'release',
    ...common,
    target: numberOf(values, 'target'),
    allocations: allocationsOf(values),
    lapses: expiriesOf(values),
  }),
  spendReversal: (values, common) => ({
    kind: 'spendReversal',
    ...common,
    ...reversalOf(values),
    allocations: allocationsOf(values),
    lapses: expiriesOf(values),
  }),
  transactionReversal: (values, common) => ({
    kind: 'transactionReversal',
    ...common,
    ...reversalOf(values),
    payer: textOf(values, 'payer'),
    timestamp: instantOf(values, 'timestamp'),
    spentPart: spentPartOf(values),
    fromLot: numberOf(values, 'fromLot'),
    debited: numberOf(values, 'debited'),
    lifted: numberOf(values, 'lifted'),
  }),
  lapse: (values, common) => ({ kind: 'lapse', ...common, rows: rowsOf(values, 'rows') }),
};

/** Reads what entries of all kinds have. */
function commonOf(values: Values, digest: string | null): Common {
  const accountId = textOf(values, 'accountId');
  const sequence = numberOf(values, 'sequence');
  return {
    accountId,
    sequence,
    id: journalIdOf(textOf(values, 'id'), accountId, sequence),
    points: numberOf(values, 'points'),
    recordedAt: instantOf(values, 'recordedAt'),
    reference: textOrNull(values, 'reference'),
    idempotencyKey: textOrNull(values, 'idempotencyKey'),
    ...(values.actor === undefined ? {} : { actor: textOf(values, 'actor') }),
    digest,
  };
}

/** Returns the part of a public id that the journal stores: the rest is account and sequence. */
function journalIdOf(id: string, accountId: string, sequence: number): string {
  const read = decodeEntryId(id);
  if (read !== null && read.accountId === accountId && read.sequence === sequence) return read.id;
  throw new WrongValue(`the id ${shown(id)} is not that of entry ${sequence} of this account`);
}

/** Reads what reversals and captures have. */
function reversalOf(values: Values) {
  return {
    target: numberOf(values, 'target'),
    requested: numberOrNull(values, 'requested'),
    total: numberOf(values, 'total'),
  };
}

function expiriesOf(values: Values): ExpiryRow[] {
  return rowsOf(values, 'lapses').map((row) => {
    if (row.kind === 'expiry') return row;
    throw new WrongValue(`a row of lapses must be an "expiry", and is a "${row.kind}"`);
  });
}

function spentPartOf(values: Values): SpentPart {
  const { spentPart } = values;
  if (spentPart === 'REFUSE' || spentPart === 'DEBIT') return spentPart;
  throw new WrongValue(`spentPart must be "REFUSE" or "DEBIT", and is ${shown(spentPart)}`);
}

function digestOf(values: Values): string | null {
  const text = textOrNull(values, 'digest');
  if (text === null || /^[0-9a-f]{64}$/.test(text)) return text;
  throw new WrongValue(`digest must be 64 lower-case hexadecimal digits, and is ${shown(text)}`);
}
