const headerBytes = 32;
const frameHeaderBytes = 24;
const pageSizeOffset = 8;
const saltOffset = 16;
const saltBytes = 8;

/** The layout of a SQLite WAL: https://www.sqlite.org/fileformat2.html#the_write_ahead_log. */
export interface LogLayout {
  /** The end of each frame of the WAL's present round. */
  readonly frameEnds: readonly number[];
  /** The end of each commit frame. */
  readonly commitEnds: readonly number[];
}

/**
 * Reads a WAL. Frames left from the previous round, after the present one's, do not belong to it.
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
