export const databaseOption = '--database <url>';
export const databaseHelp =
  'the store: file:PATH or postgres://… (default: DATABASE_URL, else file:./data/ledger.db)';
