import { builtServer } from '../support/built-server';
import { mistakes, plant, uproot } from './planted';
import { play } from './story';

/** Some mistakes need a fault at the right moment: they get several storms to show. */
const storms = 6;
const stormMs = 3_000;

test.each(mistakes)(
  'the checker notices that $name',
  async (mistake) => {
    const main = plant(builtServer(), mistake);
    try {
      const complaints: string[] = [];
      for (let seed = 1; seed <= storms && complaints.length === 0; seed += 1) {
        const end = await play({ seed, main, milliseconds: stormMs, keeps: false });
        complaints.push(...end.complaints);
      }
      expect(complaints).not.toEqual([]);
    } finally {
      uproot(main);
    }
  },
  120_000,
);
