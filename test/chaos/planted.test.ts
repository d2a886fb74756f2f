import { builtServer } from '../support/built-server';
import { mistakes, plant, uproot } from './planted';
import { play } from './story';

/** Some mistakes need several things at the right moment: they get several stories to show. */
const storiesMax = 8;
const milliseconds = 3_000;
const timeoutMs = 180_000;

test.each(mistakes)(
  'the checker notices that $name',
  async (mistake) => {
    const main = plant(builtServer(), mistake);
    const calmAnswers = mistake.calmAnswers ?? undefined;
    try {
      const complaints: string[] = [];
      for (let seed = 1; seed <= storiesMax && complaints.length === 0; seed += 1) {
        const end = await play({ seed, main, milliseconds, calmAnswers, keeps: false });
        complaints.push(...end.complaints);
      }
      expect(complaints).not.toEqual([]);
    } finally {
      uproot(main);
    }
  },
  timeoutMs,
);

test(
  'the checker is content with a calm day of a server without a mistake',
  async () => {
    const main = builtServer();
    const end = await play({ seed: 1, main, milliseconds, calmAnswers: 500 });
    expect(end.complaints).toEqual([]);
  },
  timeoutMs,
);
