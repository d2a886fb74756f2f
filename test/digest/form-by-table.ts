/** A value of an export's line, or of a list in it. */
type Members = { readonly [name: string]: unknown };

/**
 * Computes the canonical form of an entry in format 2 from its line in an export, by the table of
 * docs/digest.md and without any code of the program: one function per field, in their order.
 */
export function formByTable(line: Members): string {
  return fields.flatMap((field) => field(line)).join('\n');
}

type Field = (line: Members) => string | string[];

const fields: readonly Field[] = [
  () => '2',
  text('accountId'),
  number('sequence'),
  ({ id }) => `=${journalId(id as string)}`,
  ({ kind }) => kind as string,
  text('payer'),
  number('points'),
  instant('timestamp'),
  instant('availableFrom'),
  instant('expiresAt'),
  instant('recordedAt'),
  number('target'),
  text('reference'),
  text('idempotencyKey'),
  (line) => {
    const isPoints = line.kind === 'transaction' || line.kind === 'spend';
    return number(isPoints && line.requested === undefined ? 'points' : 'requested')(line);
  },
  ({ payers }) => names((payers as Members | undefined)?.only),
  ({ payers }) => names((payers as Members | undefined)?.except),
  ({ upTo }) => (upTo === true ? 'true' : ''),
  ({ spentPart }) => (spentPart === 'DEBIT' ? 'DEBIT' : ''),
  ({ keepRest }) => (keepRest === true ? 'true' : ''),
  text('actor'),
  ({ allocations }) => list(allocations, allocationFields),
  ({ released }) => list(released, allocationFields),
  number('fromLot'),
  number('debited'),
  number('lifted'),
  number('total'),
  ({ rows, lapses }) => list(rows ?? lapses, rowFields),
];

const allocationFields: readonly Field[] = [
  number('sequence'),
  instant('timestamp'),
  text('payer'),
  number('points'),
  instant('expiresAt'),
];

const rowFields: readonly Field[] = [
  ({ kind }) => kind as string,
  instant('at'),
  number('sequence'),
  number('hold'),
  instant('timestamp'),
  text('payer'),
  number('points'),
  number('expired'),
  number('settled'),
  number('totalExpired'),
  number('totalSettled'),
  ({ allocations }) => list(allocations, allocationFields),
];

function text(name: string): Field {
  return (line) => (isNone(line[name]) ? '' : `=${line[name]}`);
}

function number(name: string): Field {
  return (line) => (isNone(line[name]) ? '' : String(line[name]));
}

function instant(name: string): Field {
  return (line) => (isNone(line[name]) ? '' : String(Date.parse(line[name] as string)));
}

function list(items: unknown, of: readonly Field[]): string | string[] {
  if (isNone(items)) return '';
  const all = items as readonly Members[];
  return [String(all.length), ...all.flatMap((item) => of.flatMap((field) => field(item)))];
}

function names(of: unknown): string | string[] {
  if (isNone(of)) return '';
  const all = of as readonly string[];
  return [String(all.length), ...all.map((name) => `=${name}`)];
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null;
}

/** The last part of the public id, which is base64url. */
function journalId(id: string): string {
  return Buffer.from(id, 'base64url').toString('utf8').split('\n')[2]!;
}
