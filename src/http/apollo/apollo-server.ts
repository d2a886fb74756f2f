import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Limits } from '../../config';
import type { Logger } from '../../telemetry/logger';
import { presentError } from '../errors/present-error';
import type { Executor } from '../execution/executor';
import type { RequestContext } from '../request-context';
import { documentLimitsRule } from './document-limits';
import { createDocumentStore } from './document-store';
import { executionPlugin } from './execute-operation';
import { faultPlugin } from './fault-plugin';
import type { KnownDocuments } from './known-documents';
import { locationPlugin } from './location-plugin';
import { operationPlugin } from './operation-plugin';
import { queryStringPlugin } from './query-string';
import { statusPlugin } from './status-plugin';
import { subscriptionPlugin } from './subscription-plugin';

interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly limits: Limits;
  /** Receives every document that is found valid. */
  readonly documents: KnownDocuments;
  readonly executor: Executor;
  readonly logger: Logger;
}

/**
 * Returns Apollo Server, not yet started. It overrides every default that depends on NODE_ENV or
 * costs time per request.
 */
export function createApolloServer(options: ApolloOptions): ApolloServer<RequestContext> {
  const { schema, introspection, limits, logger, documents, executor } = options;
  return new ApolloServer<RequestContext>({
    schema,
    introspection,
    csrfPrevention: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    // Any client could fill the cache of persisted queries.
    persistedQueries: false,
    documentStore: createDocumentStore(limits.knownDocumentsBytesMax),
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.documentTokensMax },
    validationOptions: { maxErrors: limits.validationErrorsMax, hideSuggestions: true },
    // With this set, the rules below run after all others and can rely on a valid document.
    maxRecursiveSelections: limits.selectionsMax,
    validationRules: [documentLimitsRule(limits)],
    formatError: presentError,
    logger: apolloLogger(logger),
    plugins: [
      ...disabledPlugins(),
      queryStringPlugin(limits.variableValuesMax),
      statusPlugin,
      locationPlugin,
      subscriptionPlugin,
      operationPlugin(documents),
      executionPlugin(executor),
      faultPlugin,
    ],
  });
}

/**
 * Disables the plugins that are on by default. The cache-control plugin alone wraps every field,
 * which costs a fifth of the throughput of small responses, and more for lists.
 */
function disabledPlugins() {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}

function apolloLogger(logger: Logger) {
  const at = (level: keyof Logger) => (message?: unknown) => logger[level]({}, String(message));
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
