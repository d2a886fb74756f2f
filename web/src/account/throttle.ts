/**
 * Runs a task when it is called for, never twice at once and at most once within `pauseMs`: a call
 * meanwhile is made good at the end.
 */
export function throttled(task: () => Promise<unknown>, pauseMs: number): () => void {
  let isBusy = false;
  let isWanted = false;
  const run = async () => {
    isBusy = true;
    isWanted = false;
    // A task shows its own faults.
    await task().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    isBusy = false;
    if (isWanted) void run();
  };
  return () => {
    if (isBusy) isWanted = true;
    else void run();
  };
}
