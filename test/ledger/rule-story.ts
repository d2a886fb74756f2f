import type { Command } from '../../src/ledger/command';
import {
  type Allocation,
  deductionsOf,
  type Entry,
  isCapture,
  type PayerPoints,
  type SpendEntry,
} from '../../src/ledger/entry';
import type { LapseRow } from '../../src/ledger/lapse-entry';
import { lotPage } from '../../src/ledger/lot-page';
import type { LifeDecision } from '../model/naive-life';
import { capture, release, reverseSpend, reverseTransaction } from './life-commands';
import { LifeScenario } from './life-scenario';
import {
  type Happening,
  type HoldChange,
  instantOf,
  type Reading,
  type Reversal,
} from './rule-examples';

/** Runs an example of docs/rule.md, and says in its words what each row results in. */
export class RuleStory {
  readonly #scenario = new LifeScenario();
  #now = instantOf('1 January');
  #ids = 0;

  resultOf(happening: Happening): string {
    switch (happening.kind) {
      case 'time':
        return this.#comes(happening.now);
      case 'read':
        return this.#read(happening.what);
      case 'command':
        return this.#run(happening.command);
      case 'reversal':
        return this.#run(this.#reverse(happening));
      case 'capture':
      case 'release':
        return this.#run(this.#change(happening));
    }
  }

  /** Records what is due. It makes no difference to any later result that this is done early. */
  #comes(now: number): string {
    const before = this.#scenario.entries.length;
    this.#now = now;
    this.#scenario.sweep(now, `sweep-${before}`);
    const lapses = this.#scenario.entries.slice(before);
    const rows = lapses.flatMap((entry) => (entry.kind === 'lapse' ? entry.rows : []));
    return rows.length === 0 ? 'nothing is due' : rows.map(rowText).join(', ');
  }

  #read(what: Reading): string {
    return this.#scenario.at(this.#now, (account) => {
      if (what === 'balances') return listed(account.balances());
      if (what === 'held') return String(account.held);
      if (what === 'pending') return [...account.pending.inOrder()].map(lotText).join(', ');
      const whole = { after: null, before: null, from: 'start', limit: 1e9 } as const;
      const { lots } = lotPage(account, whole);
      return lots.map((lot) => lotText({ ...lot, points: lot.remaining })).join(', ');
    });
  }

  #run(command: Command): string {
    this.#ids += 1;
    return decisionText(this.#scenario.run(command, this.#now, `entry-${this.#ids}`));
  }

  #reverse(reversal: Reversal): Command {
    const { of, requested, spentPart } = reversal;
    const named = this.#scenario.entries.filter((entry) => isNamed(entry, reversal));
    if (named.length !== 1) throw new Error(`${named.length} entries are a ${of} as named`);
    const target = named[0]!.sequence;
    return of === 'spend'
      ? reverseSpend(target, requested)
      : reverseTransaction(target, requested, spentPart);
  }

  #change({ kind, points, requested, keepRest }: HoldChange): Command {
    const holds = this.#scenario.entries.filter(
      (entry) => entry.kind === 'hold' && entry.points === points,
    );
    if (holds.length !== 1) throw new Error(`${holds.length} entries are a hold of ${points}`);
    const target = holds[0]!.sequence;
    return kind === 'capture' ? capture(target, requested, keepRest) : release(target);
  }
}

function isNamed(entry: Entry, { of, payer, points }: Reversal): boolean {
  if (of === 'spend') return entry.kind === 'spend' && entry.points === points;
  const signed = of === 'grant' ? points : -points;
  return entry.kind === 'transaction' && entry.payer === payer && entry.points === signed;
}

function decisionText(decision: LifeDecision): string {
  switch (decision.kind) {
    case 'replayed':
      return 'as the first time';
    case 'refused':
      return `refused: ${refusalText(decision.refusal)}`;
    case 'accepted':
      return entryText(decision.entry);
  }
}

function entryText(entry: Entry): string {
  switch (entry.kind) {
    case 'hold':
      return listed(deductionsOf(entry.allocations));
    case 'spend':
      return [listed(deductionsOf(entry.allocations)), ...returnedText(entry)].join(', ');
    case 'release':
    case 'spendReversal':
      return [backText(entry.allocations), ...entry.lapses.map(rowText)].join(', ');
    case 'transactionReversal': {
      const { fromLot, debited, lifted } = entry;
      if (lifted > 0) return `${lifted} lifted`;
      return `${fromLot} from the lot${debited === 0 ? '' : `, ${debited} as a debit`}`;
    }
    default:
      return 'accepted';
  }
}

function backText(allocations: readonly Allocation[]): string {
  const back = deductionsOf(allocations).map(({ payer, points }) => `${payer} +${-points}`);
  return back.join(', ');
}

/** Returns what a capture gave back, and what of it is gone at once. */
function returnedText(entry: SpendEntry): string[] {
  if (!isCapture(entry) || entry.released.length === 0) return [];
  return [backText(entry.released), ...entry.lapses.map(rowText)];
}

function rowText(row: LapseRow): string {
  if (row.kind === 'end') return `the hold ends: ${backText(row.allocations)}`;
  if (row.kind === 'beginning') return `${lotText(row)} begin`;
  const settled = row.settled === 0 ? '' : ` and settle a debit of ${row.settled}`;
  return `${lotText({ ...row, points: row.expired })} expire${settled}`;
}

/** Returns the refusal with the figures that come with it. */
function refusalText(refusal: Extract<LifeDecision, { kind: 'refused' }>['refusal']): string {
  const figures: { readonly [name: string]: unknown } = { ...refusal };
  const { code, payer, available, reversible, unspent, held } = figures;
  switch (code) {
    case 'PAYER_WOULD_GO_NEGATIVE':
      return `${code}, ${payer} has ${available}`;
    case 'INSUFFICIENT_POINTS':
      return `${code}, the account has ${available}`;
    case 'EXCEEDS_REVERSIBLE':
      return `${code}, ${reversible} can be reversed`;
    case 'EXCEEDS_HELD':
      return `${code}, ${held} are held`;
    case 'LOT_IS_SPENT':
      return `${code}, ${unspent} are unspent`;
    default:
      return String(code);
  }
}

function listed(points: readonly PayerPoints[]): string {
  return points.map((each) => `${each.payer} ${each.points}`).join(', ');
}

function lotText(lot: { payer: string; points: number; timestamp: number }): string {
  return `${lot.payer} ${lot.points} of ${dayOf(lot.timestamp)}`;
}

function dayOf(timestamp: number): string {
  const format = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(timestamp);
}
