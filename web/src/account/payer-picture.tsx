import { useId, useMemo, useState } from 'react';
import { Figure, Name, Share } from '../format/isolated';
import { VirtualList } from '../lists/virtual-list';
import { PayerBar } from './payer-bar';
import { type PayerRow, rankedPayers, toneOf } from './ranked-payers';
import type { Taking } from './taking';

interface PayerPictureProps {
  readonly total: number;
  readonly balances: readonly { readonly payer: string; readonly points: number }[];
  /** What the spend in the form would take; null if there is none. */
  readonly taking: Taking | null;
}

const rowHeight = 43;
/** More payers than these get a search field. */
const withoutSearchMax = 20;

/** Shows the balance as a bar with a segment per payer, above a row per payer. */
export function PayerPicture({ total, balances, taking }: PayerPictureProps) {
  const payers = useMemo(() => rankedPayers(balances), [balances]);
  const [search, setSearch] = useState('');
  const found = payers.filter(({ payer }) => payer.toLowerCase().includes(search.toLowerCase()));
  return (
    <section className="panel" aria-labelledby="payers">
      <h2 id="payers">Points by payer</h2>
      <PayerBar payers={payers} total={total} taking={taking} />
      {payers.length > withoutSearchMax && <PayerSearch text={search} onText={setSearch} />}
      {found.length === 0 && <p className="hint">No payer matches.</p>}
      <VirtualList
        label="Payers, the largest balance first"
        className="payers"
        rows={found}
        keyOf={({ payer }) => payer}
        rowHeight={rowHeight}
      >
        {(row) => <PayerLine row={row} total={total} taken={taking?.byPayer.get(row.payer) ?? 0} />}
      </VirtualList>
    </section>
  );
}

interface PayerSearchProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

function PayerSearch({ text, onText }: PayerSearchProps) {
  const id = useId();
  return (
    <div className="payer-search">
      <label htmlFor={id}>Find a payer</label>
      <input
        id={id}
        type="search"
        value={text}
        onChange={({ target }) => onText(target.value)}
        autoComplete="off"
        spellCheck={false}
      />
    </div>
  );
}

interface PayerLineProps {
  readonly row: PayerRow;
  readonly total: number;
  readonly taken: number;
}

function PayerLine({ row, total, taken }: PayerLineProps) {
  const { payer, points, rank } = row;
  return (
    <div className={points === 0 ? 'payer-line spent' : 'payer-line'}>
      <span className={`swatch ${points === 0 ? 'tone-none' : toneOf(rank)}`} aria-hidden="true" />
      <span className="payer-name" title={payer}>
        <Name>{payer}</Name>
      </span>
      {taken > 0 && (
        <span className="would-pay">
          pays <Figure value={taken} />
        </span>
      )}
      <span className="share">
        <Share part={points} total={total} />
      </span>
      <span className="figure">
        <Figure value={points} />
      </span>
    </div>
  );
}
