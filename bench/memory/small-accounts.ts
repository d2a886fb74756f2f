import { Account } from '../../src/ledger/account';
import { addCommand, applyAll } from '../rules/filled-account';

const accounts = 100_000;
const lotsPerAccount = 10;
const payersPerAccount = 3;

/**
 * Makes many accounts of ten lots and three payers, with texts of their own, as requests and files
 * create them.
 */
export function smallAccounts(): { lots: number; content: unknown } {
  const content = new Map<string, Account>();
  for (let index = 0; index < accounts; index += 1) {
    const account = new Account(ownText(`account ${index}`));
    const adds = Array.from({ length: lotsPerAccount }, (_, lot) =>
      addCommand(
        ownText(`payer ${(index + (lot % payersPerAccount)) % 50}`),
        100,
        1_600_000_000_000 + ((lot * 7_919_000_000) % 31_000_000_000),
      ),
    );
    applyAll(account, adds, []);
    content.set(account.id, account);
  }
  return { lots: accounts * lotsPerAccount, content };
}

/** Returns a string that shares its characters with no other. */
function ownText(text: string): string {
  return Buffer.from(text).toString('latin1');
}
