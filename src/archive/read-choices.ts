import type { JsonValues as Values } from '../import/json-object';
import { isObject } from '../is-object';
import type { Choices } from '../ledger/hold-entry';
import type { PayerChoice } from '../ledger/payer-choice';
import { listOf, shown, WrongValue } from './read-values';

/** Reads what a spend or a hold of an export chose. */
export function choicesOf(values: Values): Choices {
  return {
    ...('payers' in values ? { payers: payersOf(values) } : {}),
    ...('upTo' in values ? { upTo: upToOf(values) } : {}),
  };
}

function payersOf({ payers }: Values): PayerChoice {
  const names = isObject(payers) ? Object.keys(payers) : [];
  if (!isObject(payers) || names.length !== 1 || !(names[0] === 'only' || names[0] === 'except')) {
    throw new WrongValue(`payers must be an object with only or except, and is ${shown(payers)}`);
  }
  const list = listOf(payers, names[0]).map((name) => {
    if (typeof name === 'string') return name;
    throw new WrongValue(`${names[0]} must be a list of strings, and has ${shown(name)}`);
  });
  return names[0] === 'only' ? { only: list } : { except: list };
}

function upToOf({ upTo }: Values): true {
  if (upTo === true) return true;
  throw new WrongValue(`upTo must be true, and is ${shown(upTo)}`);
}
