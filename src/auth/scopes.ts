/**
 * What a principal may do, in the order in which messages list it. `points:write` includes
 * `points:spend`; no other scope includes another.
 */
export const scopes = ['points:read', 'points:spend', 'points:write', 'points:admin'] as const;

export type Scope = (typeof scopes)[number];

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}

/** Returns the scopes among the words, and ignores all others, which are for other services. */
export function scopesAmong(words: readonly string[]): ReadonlySet<Scope> {
  return new Set(words.filter(isScope));
}

/** True if what was granted allows what `needed` allows. */
export function grants(granted: ReadonlySet<Scope>, needed: Scope): boolean {
  return granted.has(needed) || (needed === 'points:spend' && granted.has('points:write'));
}
