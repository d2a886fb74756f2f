import type { DocumentNode } from 'graphql';

/** Room is for so many texts at least: a single large one must not drive all others out. */
const textsMin = 50;

/**
 * Documents that were parsed and found valid, by their text. The oldest go first where room is
 * needed; one that is still in use comes back with its next request.
 */
export class KnownDocuments {
  private readonly documents = new Map<string, DocumentNode>();
  private length = 0;

  /** @param lengthMax of all texts together; parsed, a text takes some 40 times as much. */
  constructor(private readonly lengthMax: number) {}

  get(text: string): DocumentNode | undefined {
    return this.documents.get(text);
  }

  add(text: string, document: DocumentNode): void {
    if (text.length * textsMin > this.lengthMax || this.documents.has(text)) return;
    this.documents.set(text, document);
    this.length += text.length;
    for (const oldest of this.documents.keys()) {
      if (this.length <= this.lengthMax) return;
      this.documents.delete(oldest);
      this.length -= oldest.length;
    }
  }
}
