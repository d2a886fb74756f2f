import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

/** What a parsed document takes for each character of its text: 77 to 111 for small ones. */
const bytesPerCharacter = 100;

/** The store holds at least this many documents: one large one must not evict all the others. */
const documentsMin = 50;

/**
 * Returns a store in which Apollo Server keeps documents that it has parsed and found valid. Evicts
 * the least recently used ones.
 * @param bytesMax of all documents together, estimated by their length; 0 keeps none.
 */
export function createDocumentStore(bytesMax: number): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    // 0 would mean "no limit"; no document is as small as one byte.
    maxSize: Math.max(1, bytesMax),
    maxEntrySize: Math.max(1, Math.floor(bytesMax / documentsMin)),
    sizeCalculation: bytesOf,
  });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => {
      documents.set(key, document);
    },
    delete: async (key) => documents.delete(key),
  };
}

/** Returns the memory of a document. One without a location has many lines; it is not kept. */
function bytesOf({ loc }: DocumentNode): number {
  return loc === undefined ? Number.MAX_SAFE_INTEGER : Math.max(1, loc.end * bytesPerCharacter);
}
