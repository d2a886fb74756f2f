import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { limits } from '../config';
import { broken, invariant } from '../ledger/invariant';
import type { LedgerService } from '../service/ledger-service';
import { AccountResolver } from './account/account-resolver';
import { AccountsResolver } from './account/accounts-resolver';
import { BalancesResolver } from './account/balances-resolver';
import { LotResolver } from './account/lot-resolver';
import { answeringService } from './answering-service';
import { AccountChangedResolver } from './change/account-changed-resolver';
import { AllocationResolver } from './entry/allocation-resolver';
import { EntryLoader } from './entry/entry-loader';
import { EntryResolver } from './entry/entry-resolver';
import { PreviewSpendResolver } from './spend/preview-spend-resolver';
import { SpendPointsResolver } from './spend/spend-points-resolver';
import { AddTransactionResolver } from './transaction/add-transaction-resolver';
import { AddTransactionsResolver } from './transaction/add-transactions-resolver';

/**
 * The API over a service, ready to execute with a `LedgerContext`. Takes some tens of milliseconds.
 */
export function buildLedgerSchema(ledger: LedgerService): GraphQLSchema {
  const service = answeringService(ledger);
  const entries = new EntryLoader(service);
  const bulk = new AddTransactionsResolver(service);
  const changed = new AccountChangedResolver(service);
  const resolvers = [
    new BalancesResolver(service),
    new AccountResolver(service),
    new AccountsResolver(service),
    new EntryResolver(service),
    new PreviewSpendResolver(service),
    new AddTransactionResolver(service),
    bulk,
    new SpendPointsResolver(service),
    new LotResolver(entries),
    new AllocationResolver(entries),
    changed,
  ] as const;
  const container = new Map<unknown, unknown>(resolvers.map((it) => [it.constructor, it]));
  const schema = buildSchemaSync({
    resolvers: resolvers.map((it) => it.constructor) as [NewableFunction, ...NewableFunction[]],
    container: { get: (resolver) => container.get(resolver) },
    validate: false,
    pubSub: unused,
  });
  describeRoots(schema);
  takeRowsUncopied(schema, bulk);
  streamChanges(schema, changed);
  return schema;
}

/** type-graphql wants one as soon as there is a subscription; ours bring their own streams. */
const unused: PubSub = {
  publish: () => broken('nothing is published'),
  subscribe: () => broken('nothing is published'),
};

/** type-graphql has no decorator for them. */
function describeRoots(schema: GraphQLSchema): void {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  const subscription = schema.getSubscriptionType();
  invariant(
    query != null && mutation != null && subscription != null,
    'a root type is not in the schema',
  );
  query.description = `What can be read. An answer shows whatever was answered before it was asked for. ${roomWords}`;
  mutation.description =
    `What can be changed. An answer is given when the change is durable. ${roomWords} ` +
    'The change beside it is made all the same.';
  subscription.description =
    'What can be watched: over a WebSocket in the protocol graphql-transport-ws, or by POST as ' +
    'multipart/mixed with subscriptionSpec=1.0.';
}

const roomWords =
  `An answer holds at most ${limits.answerRowsMax.toLocaleString('en')} rows in all its lists ` +
  'together; a list that has no room is a BAD_USER_INPUT error at its path.';

/**
 * Hands the rows of a bulk over as graphql-js made them from the variables. type-graphql would copy
 * each of them twice to make an instance of its class, which took a sixth of the time of a call;
 * the class has no methods.
 */
function takeRowsUncopied(schema: GraphQLSchema, bulk: AddTransactionsResolver): void {
  const field = schema.getMutationType()?.getFields().addTransactions;
  invariant(field !== undefined, 'addTransactions is not in the schema');
  field.resolve = (_root, { input }, context, info) => bulk.addTransactions(input, context, info);
}

/** type-graphql hands the function that begins a subscription no instance of the resolver. */
function streamChanges(schema: GraphQLSchema, changed: AccountChangedResolver): void {
  const field = schema.getSubscriptionType()?.getFields().accountChanged;
  invariant(field !== undefined, 'accountChanged is not in the schema');
  field.subscribe = (_root, args, context, info) => changed.changes(args, context, info);
}
