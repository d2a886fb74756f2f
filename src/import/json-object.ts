import { isObject } from '../is-object';

export type JsonValues = Readonly<Record<string, unknown>>;

/** Parses a JSON object. For any other text, returns why it is none. */
export function parseJsonObject(text: string): JsonValues | string {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : 'it must be a JSON object, such as {"payer":"DANNON",…}';
  } catch (error) {
    return `it is not JSON: ${(error as Error).message}`;
  }
}
