import { decodeEntryId } from '../../ids/entry-id';

/** The arguments of a mutation that names an account and an entry of it. */
interface Arguments {
  readonly input: { readonly accountId: string; readonly id: string };
}

/** Returns the account that is named, and that of the entry: null if the id contains none. */
export function accountsOf({ input }: Arguments): (string | null)[] {
  return [input.accountId, decodeEntryId(input.id)?.accountId ?? null];
}
