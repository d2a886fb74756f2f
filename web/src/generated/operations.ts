/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Points of a payer to grant to an account, or to take back from it. */
export type AddTransactionInput = {
  /** Any text of 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode; nothing is trimmed or case-folded. An account exists from its first accepted change; a new id must also display something and hide nothing (see INVALID_ACCOUNT). */
  accountId?: string;
  /** Of a grant: when the points begin. Until then they are pending: in no balance, and not to be spent. Null, or an instant that has passed, for at once. */
  availableFrom?: string | null | undefined;
  /** Of a grant: from this instant on, what is unspent of the points is gone. Later than now and than availableFrom; it never changes. Null for never. */
  expiresAt?: string | null | undefined;
  /** Makes a retry safe: if an accepted change of this account has the key, its first result is returned again and nothing is added. Unique per account, forever. A refused call does not use up its key. 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode. */
  idempotencyKey?: string | null | undefined;
  /** Who grants the points, compared exactly: 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode. Nothing is trimmed or case-folded. A payer that is new in the account must also display something and hide nothing (see INVALID_PAYER). */
  payer: string;
  /** Positive points are earned; negative points are taken back from this payer. Zero is refused. */
  points: number;
  /** The client's own words for it: an order, a campaign. At most 255 characters. Counted in UTF-16 code units; not blank, no control character (\p{Cc}), well-formed Unicode. */
  reference?: string | null | undefined;
  /** When the points were earned: the oldest are spent first. Transactions may arrive in any order. */
  timestamp: string;
};

/** Transactions to add in one call, to any accounts. */
export type AddTransactionsInput = {
  /** At most 1,000 rows, decided in this order. */
  transactions: Array<AddTransactionInput>;
};

/** Whose points are taken: exactly one of the two. A name that is given twice counts once, and an unknown name has 0 points. */
export type PayerChoice =
  {   /** All but these payers: 1 to 100 names. */
  except: Array<string>; only?: never; }
  |  { except?: never;   /** Only these payers: 1 to 100 names. */
  only: Array<string>; };

/** A spend to preview. */
export type PreviewSpendInput = {
  /** Any text of 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode; nothing is trimmed or case-folded. An account exists from its first accepted change; a new id must also display something and hide nothing (see INVALID_ACCOUNT). */
  accountId?: string;
  /** Shows the account as it is at this instant if nobody does anything until then: points expire and begin. An instant before now, or null, means now. BAD_USER_INPUT if more than 10,000 lots expire or begin until then. */
  at?: string | null | undefined;
  /** Takes the oldest free points of these payers. Debits count first, as always. Null for all payers. */
  payers?: PayerChoice | null | undefined;
  /** How many. Zero or less is refused. */
  points: number;
  /** Takes as many points as there are, up to points, and at least one. */
  upTo?: boolean;
};

/** Points to spend, the oldest first, across all payers. */
export type SpendPointsInput = {
  /** Any text of 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode; nothing is trimmed or case-folded. An account exists from its first accepted change; a new id must also display something and hide nothing (see INVALID_ACCOUNT). */
  accountId?: string;
  /** Makes a retry safe: if an accepted change of this account has the key, its first result is returned again and nothing is added. Unique per account, forever. A refused call does not use up its key. 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode. */
  idempotencyKey?: string | null | undefined;
  /** Takes the oldest free points of these payers. Debits count first, as always. Null for all payers. */
  payers?: PayerChoice | null | undefined;
  /** How many. Zero or less is refused. */
  points: number;
  /** The client's own words for it: an order, a campaign. At most 255 characters. Counted in UTF-16 code units; not blank, no control character (\p{Cc}), well-formed Unicode. */
  reference?: string | null | undefined;
  /** Takes as many points as there are, up to points, and at least one. */
  upTo?: boolean;
};

/** In order of precedence: where two apply, the earlier one is answered. */
export type UserErrorCode =
  /** No entry of this account has the id: it is malformed, of another account, or of nothing; for a capture or a release also if the entry is not a hold. */
  | 'ENTRY_NOT_FOUND'
  /** The points exceed what the hold still holds. */
  | 'EXCEEDS_HELD'
  /** The points exceed what can still be reversed of the entry; also if nothing is left. */
  | 'EXCEEDS_REVERSIBLE'
  /** The account has 1,000 open holds. */
  | 'HOLDS_EXCEEDED'
  /** The hold was captured or released before, or its end has come. */
  | 'HOLD_IS_OVER'
  /** An accepted change of this account has the key, and its kind, payer, points, instant or reference differs, or its dates, the entry that it is about, its choices, spentPart or keepRest. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** An unknown account has none. */
  | 'INSUFFICIENT_POINTS'
  /** The account id is not a valid text: 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode. Nothing is trimmed or case-folded. A name that is new must also display something and hide nothing: no Default_Ignorable_Code_Point, Bidi_Control or U+2800, except U+200C and U+200D where a script or an emoji needs them, a variation selector after a visible character, and the tags of an emoji flag. It is new in a transaction if the account has no entry. */
  | 'INVALID_ACCOUNT'
  /** A debit has availableFrom or expiresAt, which are for grants. */
  | 'INVALID_DATES'
  /** The idempotency key is not a valid text: 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode. Nothing is trimmed or case-folded. */
  | 'INVALID_IDEMPOTENCY_KEY'
  /** The payer is not a valid text: 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode. Nothing is trimmed or case-folded. A name that is new must also display something and hide nothing: no Default_Ignorable_Code_Point, Bidi_Control or U+2800, except U+200C and U+200D where a script or an emoji needs them, a variation selector after a visible character, and the tags of an emoji flag. It is new if the account has no entry of this payer. */
  | 'INVALID_PAYER'
  /** A choice of payers is empty, has more than 100 names, or has a name that is not a valid payer. */
  | 'INVALID_PAYERS'
  /** Zero in an add; zero or less in a spend. Zero or less in a reversal, a hold or a capture. */
  | 'INVALID_POINTS'
  /** The reference is not a valid text: 1 to 255 UTF-16 code units, not blank, no control character (\p{Cc}), well-formed Unicode. Nothing is trimmed or case-folded. */
  | 'INVALID_REFERENCE'
  /** Points of the grant are spent, and spentPart is REFUSE. */
  | 'LOT_IS_SPENT'
  /** expiresAt is not later than now, or not later than availableFrom. */
  | 'NEVER_SPENDABLE'
  /** The entry is of a kind that the mutation does not reverse. A reversal cannot be reversed. */
  | 'NOT_REVERSIBLE'
  /** The points to take back exceed the payer's balance. */
  | 'PAYER_WOULD_GO_NEGATIVE'
  /** The open lots of the account, those under debits included, would sum to more than 9007199254740991. Pending and held points count too. */
  | 'POINTS_OUT_OF_RANGE';

export type AddOneMutationVariables = Exact<{
  input: AddTransactionInput;
}>;


export type AddOneMutation = { addTransaction: { replayed: boolean, transaction: { __typename: 'Transaction', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, payer: string, points: number, timestamp: string, availableFrom: string | null, expiresAt: string | null } | null, account: { id: string, points: number, balances: Array<{ payer: string, points: number }> } | null, errors: Array<
      | { __typename: 'EntryNotFoundError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ExceedsHeldError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ExceedsReversibleError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'HoldIsOverError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'HoldsExceededError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyKeyReusedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'InsufficientPointsError', requested: number, available: number, code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'InvalidInputError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'LotIsSpentError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'NeverSpendableError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'NotReversibleError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'PayerWouldGoNegativeError', payer: string, available: number, code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'PointsOutOfRangeError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } | null };

export type AddRowsMutationVariables = Exact<{
  input: AddTransactionsInput;
}>;


export type AddRowsMutation = { addTransactions: { results: Array<{ replayed: boolean, transaction: { id: string, sequence: number } | null, errors: Array<
        | { __typename: 'EntryNotFoundError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'ExceedsHeldError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'ExceedsReversibleError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'HoldIsOverError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'HoldsExceededError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'IdempotencyKeyReusedError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'InsufficientPointsError', requested: number, available: number, code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'InvalidInputError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'LotIsSpentError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'NeverSpendableError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'NotReversibleError', code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'PayerWouldGoNegativeError', payer: string, available: number, code: UserErrorCode, message: string, path: Array<string> | null }
        | { __typename: 'PointsOutOfRangeError', code: UserErrorCode, message: string, path: Array<string> | null }
      > }> } | null };

export type AccountHeadFragment = { id: string, points: number, balances: Array<{ payer: string, points: number }> };

export type GrantedFragment = { __typename: 'Transaction', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, payer: string, points: number, timestamp: string, availableFrom: string | null, expiresAt: string | null };

export type SpentFragment = { __typename: 'Spend', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, points: number, deductions: Array<{ payer: string, points: number }> };

export type GivenBackFragment = { id: string, points: number, lapses: Array<{ expired: number }>, spend: { id: string, sequence: number } };

export type ReversedFragment = { id: string, points: number, fromLot: number, debited: number, lifted: number, transaction: { id: string, sequence: number, payer: string, availableFrom: string | null } };

export type LapsedFragment = { id: string, expired: number, begun: Array<{ points: number }> };

export type PaidFragment = { points: number, transaction: { id: string, sequence: number, payer: string, points: number, timestamp: string } };

export type ExpiredFragment = { at: string, expired: number, settled: number, transaction: { id: string, sequence: number, payer: string, points: number, timestamp: string } };

type Refused_EntryNotFoundError_Fragment = { __typename: 'EntryNotFoundError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_ExceedsHeldError_Fragment = { __typename: 'ExceedsHeldError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_ExceedsReversibleError_Fragment = { __typename: 'ExceedsReversibleError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_HoldIsOverError_Fragment = { __typename: 'HoldIsOverError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_HoldsExceededError_Fragment = { __typename: 'HoldsExceededError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_IdempotencyKeyReusedError_Fragment = { __typename: 'IdempotencyKeyReusedError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_InsufficientPointsError_Fragment = { __typename: 'InsufficientPointsError', requested: number, available: number, code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_InvalidInputError_Fragment = { __typename: 'InvalidInputError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_LotIsSpentError_Fragment = { __typename: 'LotIsSpentError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_NeverSpendableError_Fragment = { __typename: 'NeverSpendableError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_NotReversibleError_Fragment = { __typename: 'NotReversibleError', code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_PayerWouldGoNegativeError_Fragment = { __typename: 'PayerWouldGoNegativeError', payer: string, available: number, code: UserErrorCode, message: string, path: Array<string> | null };

type Refused_PointsOutOfRangeError_Fragment = { __typename: 'PointsOutOfRangeError', code: UserErrorCode, message: string, path: Array<string> | null };

export type RefusedFragment =
  | Refused_EntryNotFoundError_Fragment
  | Refused_ExceedsHeldError_Fragment
  | Refused_ExceedsReversibleError_Fragment
  | Refused_HoldIsOverError_Fragment
  | Refused_HoldsExceededError_Fragment
  | Refused_IdempotencyKeyReusedError_Fragment
  | Refused_InsufficientPointsError_Fragment
  | Refused_InvalidInputError_Fragment
  | Refused_LotIsSpentError_Fragment
  | Refused_NeverSpendableError_Fragment
  | Refused_NotReversibleError_Fragment
  | Refused_PayerWouldGoNegativeError_Fragment
  | Refused_PointsOutOfRangeError_Fragment
;

export type PageEndsFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type ListAccountsQueryVariables = Exact<{
  startsWith?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ListAccountsQuery = { accounts: { nodes: Array<{ id: string, points: number, history: { nodes: Array<
          | { id: string, sequence: number, recordedAt: string }
          | { id: string, sequence: number, recordedAt: string }
          | { id: string, sequence: number, recordedAt: string }
          | { id: string, sequence: number, recordedAt: string }
          | { id: string, sequence: number, recordedAt: string }
          | { id: string, sequence: number, recordedAt: string }
          | { id: string, sequence: number, recordedAt: string }
        > } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type LookAheadQueryVariables = Exact<{
  input: PreviewSpendInput;
}>;


export type LookAheadQuery = { previewSpend: { deductions: Array<{ payer: string, points: number }>, errors: Array<
      | { __typename: 'EntryNotFoundError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ExceedsHeldError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ExceedsReversibleError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'HoldIsOverError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'HoldsExceededError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyKeyReusedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'InsufficientPointsError', requested: number, available: number, code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'InvalidInputError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'LotIsSpentError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'NeverSpendableError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'NotReversibleError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'PayerWouldGoNegativeError', payer: string, available: number, code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'PointsOutOfRangeError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type PrincipalQueryVariables = Exact<{ [key: string]: never; }>;


export type PrincipalQuery = { principal: { name: string, scopes: Array<string>, accountId: string | null, accountPrefix: string | null } | null };

export type ProbeDefaultAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type ProbeDefaultAccountQuery = { balances?: Array<{ payer: string }> };

export type ShowAccountQueryVariables = Exact<{
  id: string;
}>;


export type ShowAccountQuery = { account: { id: string, points: number, history: { nodes: Array<
        | { id: string, sequence: number }
        | { id: string, sequence: number }
        | { id: string, sequence: number }
        | { id: string, sequence: number }
        | { id: string, sequence: number }
        | { id: string, sequence: number }
        | { id: string, sequence: number }
      > }, balances: Array<{ payer: string, points: number }> } | null };

export type ShowEntryQueryVariables = Exact<{
  id: string;
}>;


export type ShowEntryQuery = { entry:
    | { __typename: 'Hold', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null }
    | { __typename: 'Lapse', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, expired: number, lots: Array<{ at: string, expired: number, settled: number, transaction: { id: string, sequence: number, payer: string, points: number, timestamp: string } }>, begun: Array<{ points: number }> }
    | { __typename: 'Release', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null }
    | { __typename: 'Spend', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, points: number, allocations: Array<{ points: number, transaction: { id: string, sequence: number, payer: string, points: number, timestamp: string } }>, deductions: Array<{ payer: string, points: number }> }
    | { __typename: 'SpendReversal', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, points: number, allocations: Array<{ points: number, transaction: { id: string, sequence: number, payer: string, points: number, timestamp: string } }>, lapses: Array<{ expired: number }>, spend: { id: string, sequence: number } }
    | { __typename: 'Transaction', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, payer: string, points: number, timestamp: string, availableFrom: string | null, expiresAt: string | null }
    | { __typename: 'TransactionReversal', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, points: number, fromLot: number, debited: number, lifted: number, transaction: { id: string, sequence: number, payer: string, availableFrom: string | null } }
   | null };

export type ShowHistoryQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ShowHistoryQuery = { account: { id: string, history: { nodes: Array<
        | { __typename: 'Hold', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null }
        | { __typename: 'Lapse', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, expired: number, begun: Array<{ points: number }> }
        | { __typename: 'Release', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null }
        | { __typename: 'Spend', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, points: number, deductions: Array<{ payer: string, points: number }> }
        | { __typename: 'SpendReversal', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, points: number, lapses: Array<{ expired: number }>, spend: { id: string, sequence: number } }
        | { __typename: 'Transaction', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, payer: string, points: number, timestamp: string, availableFrom: string | null, expiresAt: string | null }
        | { __typename: 'TransactionReversal', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, points: number, fromLot: number, debited: number, lifted: number, transaction: { id: string, sequence: number, payer: string, availableFrom: string | null } }
      >, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type ShowLotsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ShowLotsQuery = { account: { id: string, lots: { nodes: Array<{ remaining: number, transaction: { __typename: 'Transaction', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, payer: string, points: number, timestamp: string, availableFrom: string | null, expiresAt: string | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type SpendMutationVariables = Exact<{
  input: SpendPointsInput;
}>;


export type SpendMutation = { spendPoints: { replayed: boolean, spend: { __typename: 'Spend', id: string, accountId: string, sequence: number, recordedAt: string, reference: string | null, points: number, deductions: Array<{ payer: string, points: number }> } | null, account: { id: string, points: number, balances: Array<{ payer: string, points: number }> } | null, errors: Array<
      | { __typename: 'EntryNotFoundError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ExceedsHeldError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ExceedsReversibleError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'HoldIsOverError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'HoldsExceededError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyKeyReusedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'InsufficientPointsError', requested: number, available: number, code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'InvalidInputError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'LotIsSpentError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'NeverSpendableError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'NotReversibleError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'PayerWouldGoNegativeError', payer: string, available: number, code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'PointsOutOfRangeError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } | null };

export type WatchAccountSubscriptionVariables = Exact<{
  accountId: string;
  after?: number | null | undefined;
}>;


export type WatchAccountSubscription = { accountChanged: { entry:
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
      | { id: string, sequence: number }
    , account: { id: string } } };

export const AccountHeadFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"balances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}}]} as unknown as DocumentNode<AccountHeadFragment, unknown>;
export const GrantedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Granted"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Transaction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"availableFrom"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<GrantedFragment, unknown>;
export const SpentFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Spent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Spend"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"deductions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}}]} as unknown as DocumentNode<SpentFragment, unknown>;
export const GivenBackFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GivenBack"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SpendReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"lapses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expired"}}]}},{"kind":"Field","name":{"kind":"Name","value":"spend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}}]}}]} as unknown as DocumentNode<GivenBackFragment, unknown>;
export const ReversedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reversed"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransactionReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"fromLot"}},{"kind":"Field","name":{"kind":"Name","value":"debited"}},{"kind":"Field","name":{"kind":"Name","value":"lifted"}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"availableFrom"}}]}}]}}]} as unknown as DocumentNode<ReversedFragment, unknown>;
export const LapsedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Lapsed"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lapse"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"begun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}}]} as unknown as DocumentNode<LapsedFragment, unknown>;
export const PaidFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Paid"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Allocation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}}]} as unknown as DocumentNode<PaidFragment, unknown>;
export const ExpiredFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Expired"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LotLapse"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"settled"}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}}]} as unknown as DocumentNode<ExpiredFragment, unknown>;
export const RefusedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientPointsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayerWouldGoNegativeError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]} as unknown as DocumentNode<RefusedFragment, unknown>;
export const PageEndsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageEnds"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<PageEndsFragment, unknown>;
export const AddOneDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddOne"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddTransactionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addTransaction"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Granted"}}]}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountHead"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Granted"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Transaction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"availableFrom"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"balances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientPointsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayerWouldGoNegativeError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]} as unknown as DocumentNode<AddOneMutation, AddOneMutationVariables>;
export const AddRowsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddRows"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddTransactionsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addTransactions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientPointsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayerWouldGoNegativeError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]} as unknown as DocumentNode<AddRowsMutation, AddRowsMutationVariables>;
export const ListAccountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListAccounts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"startsWith"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accounts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"startsWith"},"value":{"kind":"Variable","name":{"kind":"Name","value":"startsWith"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"history"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageEnds"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageEnds"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<ListAccountsQuery, ListAccountsQueryVariables>;
export const LookAheadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LookAhead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PreviewSpendInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"previewSpend"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deductions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientPointsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayerWouldGoNegativeError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]} as unknown as DocumentNode<LookAheadQuery, LookAheadQueryVariables>;
export const PrincipalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Principal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"principal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"accountPrefix"}}]}}]}}]} as unknown as DocumentNode<PrincipalQuery, PrincipalQueryVariables>;
export const ProbeDefaultAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProbeDefaultAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"balances"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"skip"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"BooleanValue","value":true}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}}]}}]}}]} as unknown as DocumentNode<ProbeDefaultAccountQuery, ProbeDefaultAccountQueryVariables>;
export const ShowAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ShowAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountHead"}},{"kind":"Field","name":{"kind":"Name","value":"history"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"balances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}}]} as unknown as DocumentNode<ShowAccountQuery, ShowAccountQueryVariables>;
export const ShowEntryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ShowEntry"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entry"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Granted"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Spent"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"GivenBack"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reversed"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Lapsed"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Spend"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Paid"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SpendReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allocations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Paid"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lapse"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lots"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Expired"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Granted"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Transaction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"availableFrom"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Spent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Spend"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"deductions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GivenBack"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SpendReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"lapses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expired"}}]}},{"kind":"Field","name":{"kind":"Name","value":"spend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reversed"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransactionReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"fromLot"}},{"kind":"Field","name":{"kind":"Name","value":"debited"}},{"kind":"Field","name":{"kind":"Name","value":"lifted"}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"availableFrom"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Lapsed"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lapse"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"begun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Paid"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Allocation"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Expired"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LotLapse"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"settled"}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}}]} as unknown as DocumentNode<ShowEntryQuery, ShowEntryQueryVariables>;
export const ShowHistoryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ShowHistory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"history"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Granted"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Spent"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"GivenBack"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Reversed"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Lapsed"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageEnds"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Granted"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Transaction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"availableFrom"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Spent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Spend"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"deductions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GivenBack"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SpendReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"lapses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"expired"}}]}},{"kind":"Field","name":{"kind":"Name","value":"spend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Reversed"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TransactionReversal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"fromLot"}},{"kind":"Field","name":{"kind":"Name","value":"debited"}},{"kind":"Field","name":{"kind":"Name","value":"lifted"}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"availableFrom"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Lapsed"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lapse"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"begun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageEnds"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<ShowHistoryQuery, ShowHistoryQueryVariables>;
export const ShowLotsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ShowLots"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"lots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"transaction"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Granted"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageEnds"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Granted"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Transaction"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}},{"kind":"Field","name":{"kind":"Name","value":"availableFrom"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageEnds"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<ShowLotsQuery, ShowLotsQueryVariables>;
export const SpendDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Spend"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SpendPointsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"spendPoints"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"spend"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Spent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AccountHead"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Spent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Spend"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"accountId"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}},{"kind":"Field","name":{"kind":"Name","value":"recordedAt"}},{"kind":"Field","name":{"kind":"Name","value":"reference"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"deductions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AccountHead"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"balances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"points"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientPointsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requested"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PayerWouldGoNegativeError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payer"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]} as unknown as DocumentNode<SpendMutation, SpendMutationVariables>;
export const WatchAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"WatchAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"entry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sequence"}}]}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<WatchAccountSubscription, WatchAccountSubscriptionVariables>;