import type { Finding } from '../archive/verify-account';
import { countOf } from '../ledger/count-of';

interface VerifiedCounts {
  readonly accounts: number;
  readonly entries: number;
  readonly findings: number;
}

/** Writes the result of verify to the standard output. */
export interface FindingsWriter {
  finding(finding: Finding): void;
  end(counts: VerifiedCounts): void;
}

/** Writes a line for each finding, and the counts as a sentence. */
export function plainFindings(): FindingsWriter {
  return {
    finding: (finding) => console.log(lineOf(finding)),
    end: ({ accounts, entries, findings }) =>
      console.log(
        `${countOf(entries, 'entry', 'entries')} of ${countOf(accounts, 'account')}: ${resultOf(findings)}.`,
      ),
  };
}

/** Writes one JSON object, with a line for each finding. Holds none of them. */
export function jsonFindings(): FindingsWriter {
  let written = 0;
  return {
    finding: ({ accountId, sequence, id, problem }) => {
      const text = JSON.stringify({ accountId, sequence, id, problem });
      process.stdout.write(`${written === 0 ? '{"findings":[' : ','}\n${text}`);
      written += 1;
    },
    end: ({ accounts, entries }) => {
      const start = written === 0 ? '{"findings":[' : '\n';
      console.log(`${start}],"accounts":${accounts},"entries":${entries}}`);
    },
  };
}

function resultOf(findings: number): string {
  if (findings === 0) return 'no findings';
  return countOf(findings, 'finding');
}

function lineOf({ accountId, sequence, id, problem }: Finding): string {
  const entry = sequence === null ? '' : `, entry ${sequence}`;
  const named = id === null ? '' : ` (${id})`;
  return `account ${JSON.stringify(accountId)}${entry}${named}: ${problem}.`;
}
