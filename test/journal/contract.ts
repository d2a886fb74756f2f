import { describeAlone } from './contract-alone';
import { describeAppending } from './contract-append';
import { describeCatchingUp } from './contract-catch-up';
import { describeKeeping } from './contract-keep';
import { describeLikeModel } from './contract-model';
import { describeReading } from './contract-read';
import { describeSnapshots } from './contract-snapshot';
import { describeTryingToWrite } from './contract-try-write';
import type { MakeJournal } from './fixture';

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
