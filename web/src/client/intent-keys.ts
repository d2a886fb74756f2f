/**
 * Idempotency keys, one for each thing that a person means to do. The same input keeps its key
 * until it is settled, so that pressing again after a silence counts once; other input is another
 * intent.
 */
export class IntentKeys<Input> {
  private readonly keys = new Map<string, string>();

  keyFor(input: Input): string {
    const text = JSON.stringify(input);
    const known = this.keys.get(text);
    if (known !== undefined) return known;
    const made = randomKey();
    this.keys.set(text, made);
    return made;
  }

  /** It is done: the same input from now on is meant anew. */
  settle(input: Input): void {
    this.keys.delete(JSON.stringify(input));
  }
}

/** 128 random bits. `crypto.randomUUID` is missing on pages that came by plain HTTP. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
