/** Collects the values of an option that may be given several times; its default is `[]`. */
export function collected(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}
