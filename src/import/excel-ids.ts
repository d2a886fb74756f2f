import { ImportError } from './import-error';
import type { ImportRow } from './read-import';
import { shownValue } from './shown-value';

/** What Excel makes of a long number: 123456789012345678 becomes 1.23457E+17. */
const excelForm = /^\d(?:[.,]\d+)?E\+\d{2,3}$/i;

/**
 * Finds ids that a spreadsheet has rounded: two rows with the same one probably had different ids.
 */
export class ExcelIds {
  private readonly lineOfAccount = new Map<string, number>();
  private readonly lineOfKey = new Map<string, number>();

  /** @throws ImportError if an earlier row has the same id of this form. */
  add({ line, input, hasOwnKey }: ImportRow): void {
    check('account_id', input.accountId, line, this.lineOfAccount);
    if (hasOwnKey) check('idempotency_key', input.idempotencyKey, line, this.lineOfKey);
  }
}

function check(name: string, id: string, line: number, lineOf: Map<string, number>): void {
  if (!excelForm.test(id)) return;
  const earlier = lineOf.get(id);
  if (earlier === undefined) {
    lineOf.set(id, line);
    return;
  }
  throw new ImportError(
    `the ${name} is ${shownValue(id)}, as on line ${earlier}. A spreadsheet has rounded a long ` +
      'number, so different ids may have become equal. Format the column as text, and save the ' +
      'file again from the original data.',
    line,
  );
}
