import { ChangeForm } from '../forms/change-form';
import { SpendForm } from '../forms/spend-form';
import { Tabs } from '../forms/tabs';
import { PasteForm } from '../paste/paste-form';
import type { Taking } from './taking';

interface AccountActionsProps {
  readonly accountId: string;
  /** Null until the account has begun. */
  readonly account: { readonly balances: readonly { readonly payer: string }[] } | null;
  readonly onTaking: (taking: Taking | null) => void;
  readonly onDone: () => void;
}

/** What can be done with an account. One that has not begun is begun by adding. */
export function AccountActions({ accountId, account, onTaking, onDone }: AccountActionsProps) {
  const payers = account?.balances.map(({ payer }) => payer) ?? [];
  const change = { accountId, payers, onDone };
  const add = { name: 'Add', content: <ChangeForm key="add" kind="add" {...change} /> };
  const paste = {
    name: 'Paste rows',
    content: <PasteForm accountId={accountId} onDone={onDone} />,
  };
  const spend = { accountId, version: account, onTaking, onDone };
  const tabs =
    account === null
      ? [add, paste]
      : [
          { name: 'Spend', content: <SpendForm {...spend} /> },
          add,
          { name: 'Take back', content: <ChangeForm key="back" kind="takeBack" {...change} /> },
          paste,
        ];
  return (
    <section className="panel actions" aria-label="Change this account">
      <Tabs key={String(account === null)} label="What to do" tabs={tabs} />
    </section>
  );
}
