import { JsonProblem, readJson } from '../json/read-json';
import { withoutByteOrderMark } from '../json-body';

/** Path of the variables in a message of graphql-transport-ws. */
const variablesPath = ['payload', 'variables'];

/**
 * Returns a message in the form that graphql-ws expects: its content, or its text if that is not an
 * object, so that graphql-ws refuses it. Returns a {@link JsonProblem} if it holds too many values.
 */
export function readMessage(text: string, valuesMax: number): unknown {
  try {
    const content = readJson(withoutByteOrderMark(text), variablesPath, valuesMax);
    return typeof content === 'object' ? content : text;
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    return error.kind === 'large' ? error : text;
  }
}
