// The decorators of type-graphql need Reflect.getMetadata as soon as a decorated class is loaded.
// This polyfill is the only module that is imported for its side effect, and only here.
import 'reflect-metadata';

import { type GraphQLSchema, isInputObjectType } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { limits } from '../config';
import { broken, invariant } from '../ledger/invariant';
import type { LedgerService } from '../service/ledger-service';
import { showActorsToAdmins } from './access/actors';
import { AccountResolver } from './account/account-resolver';
import { AccountsResolver } from './account/accounts-resolver';
import { BalancesResolver } from './account/balances-resolver';
import { ExpiryResolver } from './account/expiry-resolver';
import { HoldsResolver } from './account/holds-resolver';
import { LotResolver } from './account/lot-resolver';
import { budgetOf } from './budget';
import { AccountChangedResolver } from './change/account-changed-resolver';
import { AllocationResolver } from './entry/allocation-resolver';
import { BegunResolver } from './entry/begun-resolver';
import { EndedHoldResolver } from './entry/ended-hold-resolver';
import { EntryLoader } from './entry/entry-loader';
import { EntryResolver } from './entry/entry-resolver';
import { HoldResolver } from './entry/hold-resolver';
import { LotLapseResolver } from './entry/lot-lapse-resolver';
import { NamingResolver } from './entry/naming-resolver';
import { ReleaseResolver } from './entry/release-resolver';
import { SpendResolver } from './entry/spend-resolver';
import { SpendReversalResolver } from './entry/spend-reversal-resolver';
import { TransactionResolver } from './entry/transaction-resolver';
import { TransactionReversalResolver } from './entry/transaction-reversal-resolver';
import { CaptureHoldResolver } from './hold/capture-hold-resolver';
import { HoldLoader } from './hold/hold-loader';
import { HoldPointsResolver } from './hold/hold-points-resolver';
import { ReleaseHoldResolver } from './hold/release-hold-resolver';
import { PrincipalResolver } from './principal/principal-resolver';
import { ReverseSpendResolver } from './reversal/reverse-spend-resolver';
import { ReverseTransactionResolver } from './reversal/reverse-transaction-resolver';
import { type CommandCall, callOf } from './run-one';
import { PreviewSpendResolver } from './spend/preview-spend-resolver';
import { SpendPointsResolver } from './spend/spend-points-resolver';
import { withTopLevelErrors } from './top-level-errors';
import { AddTransactionResolver } from './transaction/add-transaction-resolver';
import { AddTransactionsResolver } from './transaction/add-transactions-resolver';

/**
 * Builds the schema from the decorated classes. To be called, and loaded, only by
 * `buildLedgerSchema`, which keeps their metadata apart from those of other programs.
 */
export function schemaOfClasses(ledger: LedgerService): GraphQLSchema {
  const service = withTopLevelErrors(ledger);
  const entries = new EntryLoader(service);
  const mutations = mutationsOf(service);
  const changed = new AccountChangedResolver(service);
  const resolvers = [
    new BalancesResolver(service),
    new AccountResolver(service),
    new HoldsResolver(entries),
    new AccountsResolver(service),
    new EntryResolver(service),
    new NamingResolver(service),
    new PreviewSpendResolver(service),
    new PrincipalResolver(),
    ...Object.values(mutations),
    new LotResolver(entries),
    new ExpiryResolver(entries),
    new AllocationResolver(entries),
    new TransactionResolver(entries),
    new SpendResolver(entries),
    new SpendReversalResolver(entries),
    new TransactionReversalResolver(entries),
    new LotLapseResolver(entries),
    new BegunResolver(entries),
    new EndedHoldResolver(entries),
    new ReleaseResolver(entries),
    new HoldResolver(new HoldLoader(service)),
    changed,
  ] as const;
  const container = new Map<unknown, unknown>(resolvers.map((it) => [it.constructor, it]));
  const schema = buildSchemaSync({
    resolvers: resolvers.map((it) => it.constructor) as [NewableFunction, ...NewableFunction[]],
    container: { get: (resolver) => container.get(resolver) },
    orphanedTypes: [],
    emitSchemaFile: false,
    validate: false,
    // A test validates the schema. To do so at each start would take twice as long as to build it.
    skipCheck: true,
    pubSub: unused,
  });
  requireOneChoice(schema);
  describeRoots(schema);
  takeInputsUncopied(schema, mutations);
  streamChanges(schema, changed);
  showActorsToAdmins(schema);
  return schema;
}

type Mutations = ReturnType<typeof mutationsOf>;

/** Makes the resolvers of mutations, each of which has one argument. */
function mutationsOf(service: LedgerService) {
  return {
    addTransaction: new AddTransactionResolver(service),
    addTransactions: new AddTransactionsResolver(service),
    spendPoints: new SpendPointsResolver(service),
    reverseSpend: new ReverseSpendResolver(service),
    reverseTransaction: new ReverseTransactionResolver(service),
    holdPoints: new HoldPointsResolver(service),
    captureHold: new CaptureHoldResolver(service),
    releaseHold: new ReleaseHoldResolver(service),
  };
}

/** type-graphql requires one for subscriptions; ours have their own streams. */
const unused: PubSub = {
  publish: () => broken('nothing is published'),
  subscribe: () => broken('nothing is published'),
};

/** Marks the choice of payers as @oneOf, which type-graphql does not know. */
function requireOneChoice(schema: GraphQLSchema): void {
  const choice = schema.getType('PayerChoice');
  invariant(isInputObjectType(choice), 'PayerChoice is not in the schema');
  choice.isOneOf = true;
}

/** Describes the root types, for which type-graphql has no decorator. */
function describeRoots(schema: GraphQLSchema): void {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  const subscription = schema.getSubscriptionType();
  invariant(
    query != null && mutation != null && subscription != null,
    'a root type is not in the schema',
  );
  query.description = `What can be read. A response includes every change that was acknowledged before the request. ${budgetDescription}`;
  mutation.description =
    `What can be changed. The response is sent when the change is durable. ${budgetDescription} ` +
    'The change itself is made nevertheless.';
  subscription.description =
    'What can be subscribed to: over a WebSocket with the protocol graphql-transport-ws, or by POST ' +
    'as multipart/mixed with subscriptionSpec=1.0.';
}

const budgetDescription =
  `A response holds at most ${limits.responseRowsMax.toLocaleString('en')} rows in all its lists ` +
  'together; a list that exceeds this is a BAD_USER_INPUT error at its path.';

/**
 * Passes in the inputs of mutations as graphql-js coerced them. type-graphql would copy each of
 * them twice to make an instance of its class, which has no methods. In a bulk call that is a copy
 * of each row.
 */
function takeInputsUncopied(schema: GraphQLSchema, mutations: Mutations): void {
  const fields = schema.getMutationType()?.getFields();
  invariant(fields !== undefined, 'there are no mutations in the schema');
  const { addTransaction, addTransactions, spendPoints, reverseSpend } = mutations;
  const { reverseTransaction, holdPoints, captureHold, releaseHold } = mutations;
  const methods: Record<keyof Mutations, (input: never, call: CommandCall) => unknown> = {
    addTransaction: (input, call) => addTransaction.addTransaction(input, call),
    addTransactions: (input, call) => addTransactions.addTransactions(input, call),
    spendPoints: (input, call) => spendPoints.spendPoints(input, call),
    reverseSpend: (input, call) => reverseSpend.reverseSpend(input, call),
    reverseTransaction: (input, call) => reverseTransaction.reverseTransaction(input, call),
    holdPoints: (input, call) => holdPoints.holdPoints(input, call),
    captureHold: (input, call) => captureHold.captureHold(input, call),
    releaseHold: (input, call) => releaseHold.releaseHold(input, call),
  };
  for (const [name, method] of Object.entries(methods)) {
    fields[name].resolve = (_root, { input }, context, info) =>
      method(input as never, callOf(context, info));
  }
}

/** Sets `subscribe`, to which type-graphql does not pass the instance of the resolver. */
function streamChanges(schema: GraphQLSchema, changed: AccountChangedResolver): void {
  const field = schema.getSubscriptionType()?.getFields().accountChanged;
  invariant(field !== undefined, 'accountChanged is not in the schema');
  field.subscribe = (_root, args, context, info) =>
    changed.changes(args, budgetOf(context, info), info);
}
