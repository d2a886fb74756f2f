import { builtServer } from '../support/built-server';
import { mistakes, plant, removePlanted } from './planted';
import { play } from './story';

/** Some mistakes show only under a rare interleaving: they get several stories. */
const storiesMax = 8;
const milliseconds = 3_000;
const timeoutMs = 180_000;

test.each(mistakes)(
  'the checker notices that $name',
  async (mistake) => {
    const main = plant(builtServer(), mistake);
    const calmResponses = mistake.calmResponses ?? undefined;
    try {
      const complaints: string[] = [];
      for (let seed = 1; seed <= storiesMax && complaints.length === 0; seed += 1) {
        const end = await play({ seed, main, milliseconds, calmResponses, keeps: false });
        complaints.push(...end.complaints);
      }
      expect(complaints).not.toEqual([]);
    } finally {
      removePlanted(main);
    }
  },
  timeoutMs,
);

test(
  'the checker accepts a run without faults of a server without a mistake',
  async () => {
    const main = builtServer();
    const end = await play({ seed: 1, main, milliseconds, calmResponses: 500 });
    expect(end.complaints).toEqual([]);
  },
  timeoutMs,
);
