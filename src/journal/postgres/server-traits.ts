/** What is known of the server, shared by the pools of one journal. */
export interface ServerTraits {
  /**
   * When the database last refused a write because it is read-only, in milliseconds of the
   * monotonic clock. Connections made before may stay read-only after the database accepts writes
   * again (a role's settings apply to new sessions), so none of them is used any more.
   */
  readOnlyAt: number;
  /**
   * False if the settings of {@link settingsOf} are not sent at the start of a connection, since a
   * pooler has refused them or would not keep them.
   */
  takesSettings: boolean;
  /**
   * False if no statement is prepared by name: a pooler gives each transaction another connection,
   * or planning by name saves nothing.
   */
  keepsStatements: boolean;
}

/** Makes the traits of a server that is assumed to be PostgreSQL itself, until it proves not so. */
export function directServer(): ServerTraits {
  return { readOnlyAt: Number.NEGATIVE_INFINITY, takesSettings: true, keepsStatements: true };
}

/** Makes the traits for connections that send neither settings nor named statements. */
export function unsetServer(): ServerTraits {
  return { readOnlyAt: Number.NEGATIVE_INFINITY, takesSettings: false, keepsStatements: false };
}
