/** Returns a line of CSV as in RFC 4180, with its line break. */
export function csvLine(cells: readonly string[]): string {
  return `${csvCells(cells, ',')}\n`;
}

/** Returns cells of CSV, quoted where necessary, without a line break. */
export function csvCells(cells: readonly string[], delimiter: string): string {
  return cells.map((cell) => csvCell(cell, delimiter)).join(delimiter);
}

function csvCell(text: string, delimiter: string): string {
  const needsQuotes = text.includes(delimiter) || /[",\r\n]|^\s|\s$/.test(text);
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}
