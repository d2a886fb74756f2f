import { JsonFault, readJson } from '../json/read-json';

/** Where a message of graphql-transport-ws carries variables. */
const variablesPath = ['payload', 'variables'];

/**
 * A message as graphql-ws takes it: its content, or its text where that is no object, so that
 * graphql-ws refuses it. A fault where it holds too many values.
 */
export function readMessage(text: string, valuesMax: number): unknown {
  try {
    const content = readJson(text, variablesPath, valuesMax);
    return typeof content === 'object' ? content : text;
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return error.kind === 'large' ? error : text;
  }
}
