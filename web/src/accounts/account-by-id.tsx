import { useState } from 'react';
import { Link } from 'wouter';
import type { Principal } from '../access/access';
import { Name } from '../format/isolated';
import { accountPath } from '../frame/paths';
import { FindAccount } from './find-account';

interface AccountByIdProps {
  /** Why the accounts may not be listed. */
  readonly refusal: string;
  readonly principal: Principal;
}

/** Leads to an account by its id, for keys and tokens that may not list the accounts. */
export function AccountById({ refusal, principal }: AccountByIdProps) {
  const [text, setText] = useState('');
  const only = principal?.accountId ?? null;
  const prefix = principal?.accountPrefix ?? null;
  return (
    <>
      <p>The accounts are not listed. {refusal}</p>
      {only === null ? (
        <FindAccount
          text={text}
          onText={setText}
          hint={
            <>
              Type the whole id of an account
              {prefix !== null && (
                <>
                  , which begins with “<Name>{prefix}</Name>”
                </>
              )}
              .
            </>
          }
        />
      ) : (
        <p>
          The account that it is bound to:{' '}
          <Link href={accountPath(only)}>
            <Name>{only}</Name>
          </Link>
        </p>
      )}
    </>
  );
}
