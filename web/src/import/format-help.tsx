const example = `account_id,payer,points,timestamp,reference
member-7,DANNON,300,2020-10-31T10:00:00Z,order 17
member-7,DANNON,-200,2020-10-31T15:00:00Z,`;

/** Explains the format of the files that can be imported, with an example. */
export function FormatHelp() {
  return (
    <section className="panel format" aria-labelledby="format">
      <h2 id="format">What the file looks like</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on narrow screens. */}
      <pre tabIndex={0}>{example}</pre>
      <p className="hint">
        The first line of a CSV names the columns, in any order: <code>payer</code>,{' '}
        <code>points</code> and <code>timestamp</code> are required; <code>account_id</code>,{' '}
        <code>available_from</code>, <code>expires_at</code>, <code>reference</code> and{' '}
        <code>idempotency_key</code> are optional. Negative points are taken back;{' '}
        <code>credit</code> and <code>debit</code> can replace <code>points</code>. NDJSON has one
        object per line. Columns with other names can be assigned after the file is read. Importing
        a file twice adds nothing twice.
      </p>
    </section>
  );
}
