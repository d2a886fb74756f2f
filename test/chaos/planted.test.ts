import { builtServer } from '../support/built-server';
import { mistakes, plant, uproot } from './planted';
import { play } from './story';

/** Some mistakes need several things at the right moment: they get several stories to show. */
const storiesMax = 8;
const milliseconds = 1_500;

test.each(mistakes)(
  'the checker notices that $name',
  async (mistake) => {
    const main = plant(builtServer(), mistake);
    const isCalm = !mistake.needsStorm;
    try {
      const complaints: string[] = [];
      for (let seed = 1; seed <= storiesMax && complaints.length === 0; seed += 1) {
        const end = await play({ seed, main, milliseconds, isCalm, keeps: false });
        complaints.push(...end.complaints);
      }
      expect(complaints).not.toEqual([]);
    } finally {
      uproot(main);
    }
  },
  120_000,
);

test('the checker is content with a calm day of a server without a mistake', async () => {
  const end = await play({ seed: 1, main: builtServer(), milliseconds, isCalm: true });
  expect(end.complaints).toEqual([]);
});
