/**
 * Returns true if a JSON number is whole as it is written. The parsed number may differ:
 * 0.99999999999999999999 is parsed as 1. O(n).
 */
export function isWholeNumberText(text: string): boolean {
  const [, whole, fraction = '', exponent = '0'] = numberParts.exec(text) ?? [];
  if (whole === undefined) return false;
  const digits = (whole + fraction).replace(/0+$/, '');
  if (/^0*$/.test(digits)) return true;
  const digitsAfterPoint = digits.length - whole.length - Number(exponent);
  return digitsAfterPoint <= 0;
}

const numberParts = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
