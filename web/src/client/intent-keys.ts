/**
 * Idempotency keys, one per intent of the user. The same input keeps its key until it is settled,
 * so that a retry counts once; other input is another intent.
 */
export class IntentKeys<Input> {
  private readonly keys = new Map<string, string>();

  /** Returns the key of an input, a new one if the input has none. */
  keyFor(input: Input): string {
    const text = JSON.stringify(input);
    const known = this.keys.get(text);
    if (known !== undefined) return known;
    const made = randomKey();
    this.keys.set(text, made);
    return made;
  }

  /** Forgets the key of an input that was accepted: the same input is then a new intent. */
  settle(input: Input): void {
    this.keys.delete(JSON.stringify(input));
  }
}

/** Returns 128 random bits. `crypto.randomUUID` is missing on pages served over plain HTTP. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
