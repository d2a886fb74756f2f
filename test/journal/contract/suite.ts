import type { MakeJournal } from '../fixture';
import { describeAlone } from './alone';
import { describeAppending } from './append';
import { describeCatchingUp } from './catch-up';
import { describeKeeping } from './keep';
import { describeLikeModel } from './model';
import { describeReading } from './read';
import { describeSnapshots } from './snapshot';
import { describeTryingToWrite } from './try-write';

/**
 * Tests the laws of every journal: `describeJournal('memory', makeJournal)`. Each test gets its own
 * journal from `makeJournal` and uses its own accounts, so several tests may share a store.
 * @param modelRuns how many random histories are compared with the journal in memory.
 */
export function describeJournal(
  name: string,
  make: MakeJournal,
  { modelRuns = 60 }: { readonly modelRuns?: number } = {},
): void {
  describe(`journal on ${name}`, () => {
    describeAppending(make);
    describeAlone(make);
    describeCatchingUp(make);
    describeReading(make);
    describeSnapshots(make);
    describeKeeping(make);
    describeTryingToWrite(make);
    describeLikeModel(make, modelRuns);
  });
}
