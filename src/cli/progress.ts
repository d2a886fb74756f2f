import { type Options, SingleBar } from 'cli-progress';

const lineEveryMs = 5_000;

/** What is said after the bar, such as `12,000 rows`. */
type Figures = readonly string[];

export interface Progress {
  /** @param done of the total that {@link createProgress} was given. */
  show(done: number, figures: Figures): void;
  /** Shows a notice, such as that a server is unreachable. */
  notice(sentence: string): void;
  /** Clears the bar before a line is written to the same terminal. */
  clear(): void;
  end(): void;
}

/**
 * Returns a bar on a terminal, and otherwise a progress that writes a line every few seconds.
 * @param total 0 if it is not known: then only figures are shown.
 */
export function createProgress(total: number, title: string): Progress {
  return process.stderr.isTTY ? new ProgressBar(total, title) : new ProgressLines(total, title);
}

class ProgressBar implements Progress {
  private readonly bar: SingleBar;
  private readonly startedAt = performance.now();

  constructor(
    private readonly total: number,
    title: string,
  ) {
    const format: Options['format'] = (options, { progress }, { figures, left }) => {
      const bar = total === 0 ? ':' : ` ${barOf(progress, options.barsize ?? 0)},`;
      return `${title}${bar} ${figures ?? ''}${left ?? ''}`;
    };
    this.bar = new SingleBar({
      format,
      barsize: 24,
      stream: process.stderr,
      hideCursor: true,
      fps: 8,
      // Otherwise a bar that wraps is drawn twice.
      linewrap: false,
      gracefulExit: false,
    });
    this.bar.start(total, 0);
    process.once('exit', this.showCursor);
  }

  show(done: number, figures: Figures): void {
    const left = timeLeft(done, this.total, performance.now() - this.startedAt);
    this.bar.update(done, { figures: figures.join(', '), left });
  }

  notice(sentence: string): void {
    this.bar.update({ left: `, ${sentence}` });
  }

  clear(): void {
    process.stderr.write('\r\x1b[K');
  }

  end(): void {
    this.bar.update({ left: '' });
    this.bar.stop();
    process.off('exit', this.showCursor);
  }

  /** Restores the cursor, which the bar hides, however the process ends. */
  private readonly showCursor = () => process.stderr.write('\x1b[?25h\n');
}

class ProgressLines implements Progress {
  private readonly startedAt = performance.now();
  private writtenAt = performance.now();
  private lastSentence = '';

  constructor(
    private readonly total: number,
    private readonly title: string,
  ) {}

  show(done: number, figures: Figures): void {
    const now = performance.now();
    this.lastSentence = '';
    if (now - this.writtenAt < lineEveryMs) return;
    this.writtenAt = now;
    const percent = this.total === 0 ? '' : `${Math.floor((done / this.total) * 100)} %, `;
    const left = timeLeft(done, this.total, now - this.startedAt);
    console.error(`${this.title}: ${percent}${figures.join(', ')}${left}`);
  }

  /** Writes a notice that is repeated without progress only once. */
  notice(sentence: string): void {
    if (sentence !== this.lastSentence) console.error(`${this.title}: ${sentence}`);
    this.lastSentence = sentence;
  }

  clear(): void {}

  end(): void {}
}

function barOf(progress: number, size: number): string {
  const full = Math.round(progress * size);
  const bar = '█'.repeat(full) + '░'.repeat(size - full);
  return `${bar} ${Math.floor(progress * 100)} %`;
}

function timeLeft(done: number, total: number, elapsedMs: number): string {
  if (done <= 0 || total === 0) return '';
  const seconds = Math.ceil(((elapsedMs / done) * Math.max(0, total - done)) / 1_000);
  if (seconds < 60) return `, ${seconds} s left`;
  return `, ${Math.floor(seconds / 60)} min ${seconds % 60} s left`;
}

/** Formats a count for people: 1,000,000. */
export function counted(count: number): string {
  return count.toLocaleString('en-US');
}
