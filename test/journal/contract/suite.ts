import type { MakeJournal } from '../fixture';
import { describeAlone } from './alone';
import { describeAppending } from './append';
import { describeCatchingUp } from './catch-up';
import { describeConfirming } from './confirm';
import { describeDue } from './due';
import { describeKeeping } from './keep';
import { describeLife } from './life';
import { describeLikeModel } from './model';
import { describeNaming } from './naming';
import { describeReading } from './read';
import { describeSnapshots } from './snapshot';
import { describeSweep } from './sweep';
import { describeTargets } from './targets';
import { describeTryingToWrite } from './try-write';

interface SuiteOptions {
  /** How many random histories are compared with the journal in memory. */
  readonly modelRuns?: number;
  /** True if the journal lets an account be served alone. */
  readonly hasTurns?: boolean;
}

/**
 * Tests the laws of every journal: `describeJournal('memory', makeJournal)`. Each test gets its own
 * journal from `makeJournal` and uses its own accounts, so several tests may share a store.
 */
export function describeJournal(
  name: string,
  make: MakeJournal,
  { modelRuns = 60, hasTurns = false }: SuiteOptions = {},
): void {
  describe(`journal on ${name}`, () => {
    describeAppending(make);
    if (hasTurns) describeAlone(make);
    describeConfirming(make);
    describeCatchingUp(make);
    describeReading(make);
    describeNaming(make);
    describeLife(make);
    describeTargets(make);
    describeDue(make);
    describeSweep(make);
    describeSnapshots(make);
    describeKeeping(make);
    describeTryingToWrite(make);
    describeLikeModel(make, modelRuns);
  });
}
