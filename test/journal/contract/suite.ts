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
 * The laws that every journal keeps, as a suite: `describeJournal('memory', makeJournal)`. Each
 * test gets a journal of its own from `makeJournal`, and uses accounts of its own, so that the
 * store behind may be shared.
 */
export function describeJournal(name: string, make: MakeJournal): void {
  describe(`journal on ${name}`, () => {
    describeAppending(make);
    describeAlone(make);
    describeCatchingUp(make);
    describeReading(make);
    describeSnapshots(make);
    describeKeeping(make);
    describeTryingToWrite(make);
    describeLikeModel(make);
  });
}
