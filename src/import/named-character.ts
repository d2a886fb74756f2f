/** Characters that look like others or are invisible, with their names in Unicode. */
const names: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\t': 'tab',
  '\u00a0': 'no-break space',
  '\u00ad': 'soft hyphen',
  '\u02d7': 'modifier letter minus sign',
  '\u061c': 'Arabic letter mark',
  '\u066b': 'Arabic decimal separator',
  '\u066c': 'Arabic thousands separator',
  '\u2007': 'figure space',
  '\u2009': 'thin space',
  '\u200b': 'zero width space',
  '\u200c': 'zero width non-joiner',
  '\u200d': 'zero width joiner',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u2010': 'hyphen',
  '\u2011': 'non-breaking hyphen',
  '\u2012': 'figure dash',
  '\u2013': 'en dash',
  '\u2014': 'em dash',
  '\u2019': 'right single quotation mark',
  '\u202f': 'narrow no-break space',
  '\u2060': 'word joiner',
  '\u2212': 'minus sign',
  '\u3000': 'ideographic space',
  '\ufe63': 'small hyphen-minus',
  '\uff0b': 'fullwidth plus sign',
  '\uff0c': 'fullwidth comma',
  '\uff0d': 'fullwidth hyphen-minus',
  '\uff0e': 'fullwidth full stop',
  '\ufeff': 'zero width no-break space, or byte order mark',
};

const isInvisible = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\p{M}]/u;

/**
 * Describes a character for a message: quoted if it is visible, and with its code point unless it
 * is visible ASCII. Examples: `"."`, `"−" (U+2212, minus sign)`, `U+200B (zero width space)`.
 */
export function namedCharacter(character: string): string {
  if (/^[!-~]$/.test(character)) return JSON.stringify(character);
  const point = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = names[character];
  if (isInvisible.test(character)) return name === undefined ? point : `${point} (${name})`;
  return `"${character}" (${name === undefined ? point : `${point}, ${name}`})`;
}
