/** How an interrupted restore is completed. */
export const completing =
  'Run `points restore` again with the same export: it adds what is missing.';

/** How an interrupted restore is given up. */
export const emptying =
  'To restore another export, first empty the database with ' +
  '"TRUNCATE entry, lapse_row, snapshot, snapshot_part".';
