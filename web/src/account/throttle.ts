/**
 * Returns a function that runs a task: never twice at the same time, and at most once within
 * `pauseMs`. Calls during a run or its pause are merged into one run afterwards.
 */
export function throttled(task: () => Promise<unknown>, pauseMs: number): () => void {
  let isBusy = false;
  let isPending = false;
  const run = async () => {
    isBusy = true;
    isPending = false;
    // The task shows its own errors.
    await task().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    isBusy = false;
    if (isPending) void run();
  };
  return () => {
    if (isBusy) isPending = true;
    else void run();
  };
}
