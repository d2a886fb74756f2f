import type { Logger } from '../../src/telemetry/logger';

interface LoggedLine {
  readonly level: keyof Logger;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Returns a logger whose lines a test can read, without debug lines. */
export function recordingLogger(): { readonly lines: LoggedLine[]; readonly logger: Logger } {
  const lines: LoggedLine[] = [];
  const at = (level: keyof Logger) => (fields: object, message: string) => {
    lines.push({ level, fields: { ...fields }, message });
  };
  return {
    lines,
    logger: { debug() {}, info: at('info'), warn: at('warn'), error: at('error') },
  };
}
