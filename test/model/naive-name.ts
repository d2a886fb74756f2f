/**
 * The rule for new names, written with Node's own properties of characters and a few lists. It
 * shares nothing with the rule that it is compared with. It knows the viramas and the joining
 * letters of {@link nameCharacters} only, and Node's version of Unicode may be newer than the
 * table's: names must consist of these characters.
 */
export const nameCharacters: readonly string[] = [
  ...'A1 -_©®☎❤😀👩👦🏳☠🇩',
  ...['\u{1f3f4}', '\u{1f3fb}', '\u{1f3ff}', '\ufe0f', '\ufe00', '\u{e0100}', '\u180b', '\u20e3'],
  ...['\u200c', '\u200d', '\u200b', '\u200e', '\u202e', '\u2066', '\u2060', '\ufeff', '\u00ad'],
  ...['\u034f', '\u061c', '\u115f', '\u3164', '\uffa0', '\u17b4', '\u180e', '\u2800', '\u{1d159}'],
  ...['\u{e0001}', '\u{e0067}', '\u{e0062}', '\u{e0065}', '\u{e0031}', '\u{e0041}', '\u{e007f}'],
  ...['\u0647', '\u06cc', '\u0628', '\u0627', '\u062f', '\u0631', '\ua872', '\u0621'],
  ...['\u064e', '\u0301', '\u0328', '\u093e', '\u1031', '\u05e9', '\u1820', '\u845b'],
  ...['\u0915', '\u0937', '\u094d', '\u0dca', '\u1b44', '\u00a0', '\u3000', '\ue000', '\u0600'],
];

const viramas = '\\u094d\\u0dca\\u1b44';
const joinsNext = '\\u0647\\u06cc\\u0628\\ua872\\u1820';
const joinsPrevious = '\\u0647\\u06cc\\u0628\\u1820\\u0627\\u062f\\u0631';
/**
 * Of Joining_Type T: the nonspacing marks and the format characters that are not listed as others.
 */
const transparent = '[[\\p{Mn}\\p{Me}\\p{Cf}]--[\\u200c\\u200d\\u180e\\u2066\\u0600]]';
const hidden = '[\\p{Default_Ignorable_Code_Point}\\p{Bidi_Control}\\u2800]';
const visible = `[[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Co}\\p{Cn}\\u0600]--[${hidden}\\u{1d159}]]`;
const emoji = '\\p{Extended_Pictographic}';

const flags =
  /\u{1f3f4}(?:[\u{e0061}-\u{e007a}]{2}|[\u{e0030}-\u{e0039}]{3})[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,4}\u{e007f}/gu;
const exceptions = new RegExp(
  [
    `(?<=[${viramas}])[\\u200c\\u200d]`,
    `(?<=[${joinsNext}]${transparent}*)\\u200c(?=${transparent}*[${joinsPrevious}])`,
    `(?<=${emoji}[\\ufe0f\\p{Emoji_Modifier}]?)\\u200d(?=${emoji})`,
    `(?<=${visible}|\\p{Mc})\\p{Variation_Selector}`,
  ].join('|'),
  'gv',
);

/** True if a text of the listed characters may be the name of a new account or payer. */
export function isOpenName(name: string): boolean {
  const rest = name.replace(flags, '\u{1f3f4} ').replace(exceptions, '');
  return new RegExp(visible, 'v').test(name) && !new RegExp(hidden, 'v').test(rest);
}
