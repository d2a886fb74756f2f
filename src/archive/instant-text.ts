/** Returns an instant as RFC 3339 in UTC. */
export function instantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Returns an object with the instant under this name, or an empty one if there is none. */
export function optionalInstant<Name extends string>(
  name: Name,
  milliseconds: number | undefined,
): { readonly [Key in Name]?: string } {
  if (milliseconds === undefined) return {};
  return { [name]: instantText(milliseconds) } as { readonly [Key in Name]?: string };
}
