export default async function afterWholeRun(): Promise<void> {
  await globalThis.wholeRunPostgres?.dispose();
}
