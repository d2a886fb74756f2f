export type JsonValues = Readonly<Record<string, unknown>>;

/** Parses a JSON object. For any other text, returns why it is none. */
export function parseJsonObject(text: string): JsonValues | string {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : 'it must be a JSON object, such as {"payer":"DANNON",…}';
  } catch (error) {
    return `it is not JSON: ${(error as Error).message}`;
  }
}

export function isJsonObject(value: unknown): value is JsonValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
