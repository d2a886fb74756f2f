const decimal = /^-?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * True if a decimal number, written as JSON writes one, has no fraction: 1000.0 and 1e3 have none,
 * 0.99999999999999999999 has one although a double makes 1 of it. Costs O(length), whatever the
 * exponent is.
 */
export function isWholeDecimal(text: string): boolean {
  const [, whole = '', fraction = '', exponent = '0'] = decimal.exec(text) ?? [];
  const digits = whole + fraction;
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  if (end === 0) return digits !== '';
  return Number(exponent) >= end - whole.length;
}
