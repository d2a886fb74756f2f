import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** The cache holds at least this many texts: one large text must not evict all the others. */
const textsMin = 50;

/**
 * Caches documents that were parsed and found valid, by their text. Evicts the least recently used
 * ones.
 */
export class KnownDocuments {
  private readonly documents: LRUCache<string, DocumentNode>;

  /** @param lengthMax characters of all texts together; a parsed text takes about 40 times that. */
  constructor(lengthMax: number) {
    this.documents = new LRUCache({
      // 0 would mean "no limit"; no text of one character is a valid document.
      maxSize: Math.max(1, lengthMax),
      maxEntrySize: Math.max(1, Math.floor(lengthMax / textsMin)),
      sizeCalculation: (_document, text) => text.length,
    });
  }

  get(text: string): DocumentNode | undefined {
    return this.documents.get(text);
  }

  add(text: string, document: DocumentNode): void {
    if (!this.documents.has(text)) this.documents.set(text, document);
  }
}
