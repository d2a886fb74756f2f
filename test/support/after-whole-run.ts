export default async function afterWholeRun(): Promise<void> {
  await globalThis.wholeRunBrowser?.close();
  await globalThis.wholeRunPostgres?.dispose();
}
