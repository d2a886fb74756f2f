const headerBytes = 32;
const frameHeaderBytes = 24;
const pageSizeOffset = 8;
const saltOffset = 16;
const saltBytes = 8;

/**
 * Where the parts of a SQLite log lie: https://www.sqlite.org/fileformat2.html#the_write_ahead_log.
 */
export interface LogLayout {
  /** The offset behind each frame of the log's present round. */
  readonly frameEnds: readonly number[];
  /** The offset behind each frame that commits. */
  readonly commitEnds: readonly number[];
}

/**
 * Walks a log; frames behind the present round's, left from the round before, are no part of it.
 */
export function layoutOf(log: Buffer): LogLayout {
  const frameBytes = frameHeaderBytes + log.readUInt32BE(pageSizeOffset);
  const salt = log.subarray(saltOffset, saltOffset + saltBytes);
  const frameEnds: number[] = [];
  const commitEnds: number[] = [];
  for (let start = headerBytes; start + frameBytes <= log.length; start += frameBytes) {
    if (!log.subarray(start + 8, start + 8 + saltBytes).equals(salt)) break;
    frameEnds.push(start + frameBytes);
    const isCommit = log.readUInt32BE(start + 4) !== 0;
    if (isCommit) commitEnds.push(start + frameBytes);
  }
  return { frameEnds, commitEnds };
}
