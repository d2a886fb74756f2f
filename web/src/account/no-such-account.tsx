import { Name } from '../format/isolated';

interface NoSuchAccountProps {
  readonly id: string;
  /** True after the user chose to open the account. */
  readonly isOpening: boolean;
  readonly onOpen: () => void;
}

/** Says that an id has no entries. It may be a typo, so opening an account is a separate step. */
export function NoSuchAccount({ id, isOpening, onOpen }: NoSuchAccountProps) {
  if (isOpening) {
    return (
      <section className="empty">
        <h2>New account</h2>
        <p>
          The first points that you add create the account <Name>{id}</Name>.
        </p>
      </section>
    );
  }
  return (
    <section className="empty">
      <h2>There is no account with this id</h2>
      <p>
        Check the spelling of “<Name>{id}</Name>”: upper and lower case differ, and blanks count.
      </p>
      <button type="button" onClick={onOpen}>
        Open a new account with this id
      </button>
    </section>
  );
}
