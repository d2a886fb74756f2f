import fc from 'fast-check';
import { hasTrait } from '../../src/ledger/character';
import { unicodeVersion } from '../../src/ledger/character-table';
import { nameProblem } from '../../src/ledger/name-problem';
import { textProblem } from '../../src/ledger/text';
import { transaction } from '../journal/entries';
import { type World, worlds } from '../model/actions';
import { isOpenName, nameCharacters } from '../model/naive-name';
import { Pair } from '../model/pair';
import { longRunMsMax, often } from '../model/runs';
import { blankNames, goodNames, hidingNames } from './name-samples';

jest.setTimeout(longRunMsMax);

/** All but surrogates, and planes that hold ideographs, private use and nothing else. */
const characters = [
  [0, 0xd7ff],
  [0xe000, 0x1ffff],
  [0xe0000, 0xe0fff],
].flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_unused, at) => String.fromCodePoint(first + at)),
);
const england = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
const pieces = fc.oneof(
  { arbitrary: fc.constantFrom(...nameCharacters), weight: 12 },
  { arbitrary: fc.constantFrom('\u200c', '\u200d', '\ufe0f'), weight: 4 },
  {
    arbitrary: fc.constantFrom(england, '😀\u200d👩', '\u0647\u064e\u200c', '\u094d\u200d'),
    weight: 2,
  },
);
const names = fc
  .array(pieces, { minLength: 1, maxLength: 9 })
  .map((parts) => parts.join(''))
  .filter((name) => textProblem(name) === null);

describe('the rule for new names', () => {
  test('agrees with regular expressions of Node', () => {
    const law = (name: string) => expect(nameProblem(name) === null).toBe(isOpenName(name));
    fc.assert(fc.property(names, law), often(3_000));
  });

  test('is tested with valid and invalid names', () => {
    const sample = fc.sample(names, { seed: 1, numRuns: 1_000 });
    const open = sample.filter(isOpenName).length;
    expect(open).toBeGreaterThan(100);
    expect(open).toBeLessThan(900);
  });

  test('refuses every hidden character of Node between two letters, except variation selectors', () => {
    const hidden = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800]/u;
    const accepted = characters
      .filter((character) => hidden.test(character) && nameProblem(`A${character}B`) === null)
      .filter((character) => !/\p{Variation_Selector}/u.test(character));
    expect(accepted).toEqual([]);
  });

  test('accepts every letter, number, punctuation mark and symbol of Node that is not hidden', () => {
    const blank = /[\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u;
    const refused = characters
      .filter((character) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) && !blank.test(character))
      .filter((character) => nameProblem(character) !== null);
    expect(refused).toEqual([]);
  });

  test('gives the same result in a part of a longer name', () => {
    for (const [, name] of goodNames) expect(nameProblem(`A ${name} B`)).toBeNull();
    for (const [, name] of hidingNames) expect(nameProblem(`${name} B`)).not.toBeNull();
    for (const [, name] of blankNames) expect(nameProblem(`A${name}`)).toBeNull();
  });
});

describe('an account whose first entries have valid and invalid names', () => {
  const payers = ['OAK', 'OAK\u200b', '\u202eKAO', '❤\ufe0f', 'OAK\u00ad', '\u0301', 'ELM'];
  const anyWorld = worlds(30).map((world) => ({ ...world, payers }));
  const known = fc.subarray(payers);

  test('decides every command as the naive model does', () => {
    const law = (world: World, names: readonly string[]) => {
      const pair = new Pair();
      for (const [at, payer] of names.entries()) {
        const entry = transaction(pair.model.accountId, at + 1, { payer, recordedAt: at });
        pair.scenario.apply(entry);
        pair.model.apply(entry);
      }
      for (const action of world.actions) pair.run(action, world);
    };
    fc.assert(fc.property(anyWorld, known, law), often(150));
  });
});

describe(`the table of Unicode ${unicodeVersion}`, () => {
  const traits = [
    ['h', /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800]/u],
    ['b', /[\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u],
    ['c', /\p{Mc}/u],
    ['s', /\p{Variation_Selector}/u],
    ['m', /\p{Emoji_Modifier}/u],
    ['v', /\p{M}/u],
    ['l', /[\p{L}\p{N}\p{S}\p{P}]/u],
    ['r', /[\p{L}\p{N}\p{S}\p{P}]/u],
    ['t', /[\p{M}\p{Cf}\u{1e94b}]/u],
  ] as const;

  test.each(traits)(
    'gives %s only to characters with the same property in Node',
    (trait, expected) => {
      const wrong = characters.filter(
        (character) => hasTrait(character.codePointAt(0)!, trait) && !expected.test(character),
      );
      expect(wrong).toEqual([]);
    },
  );

  test('has every emoji of Node, so that joiners may connect them', () => {
    const missing = characters.filter(
      (character) =>
        /\p{Emoji_Presentation}/u.test(character) &&
        /\p{Extended_Pictographic}/u.test(character) &&
        !hasTrait(character.codePointAt(0)!, 'p'),
    );
    expect(missing).toEqual([]);
  });
});
