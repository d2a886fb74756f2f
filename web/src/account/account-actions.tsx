import { ChangeForm } from '../forms/change-form';
import { type Tab, Tabs } from '../forms/tabs';
import { TakeForm } from '../forms/take-form';
import { PasteForm } from '../paste/paste-form';
import type { Taking } from './taking';

interface AccountActionsProps {
  readonly accountId: string;
  /** Null if the account does not exist yet. */
  readonly account: { readonly balances: readonly { readonly payer: string }[] } | null;
  readonly onTaking: (taking: Taking | null) => void;
  readonly onDone: () => void;
}

/** An account without points can only get some. */
const addTab = 2;

/** Renders the forms that change an account. The first points that are added open a new account. */
export function AccountActions(props: AccountActionsProps) {
  const { accountId, account, onTaking, onDone } = props;
  const payers = account?.balances.map(({ payer }) => payer) ?? [];
  const change = { accountId, payers, onDone };
  const take = { accountId, payers, version: account, onTaking, onDone };
  const tabs: readonly Tab[] = [
    { name: 'Spend', content: (isShown) => <TakeForm kind="spend" {...take} isShown={isShown} /> },
    { name: 'Hold', content: (isShown) => <TakeForm kind="hold" {...take} isShown={isShown} /> },
    { name: 'Add', content: () => <ChangeForm kind="add" {...change} /> },
    { name: 'Take back', content: () => <ChangeForm kind="takeBack" {...change} /> },
    { name: 'Paste rows', content: () => <PasteForm accountId={accountId} onDone={onDone} /> },
  ];
  return (
    <section className="panel actions" aria-label="Change this account">
      <Tabs label="What to do" tabs={tabs} first={account === null ? addTab : 0} />
    </section>
  );
}
