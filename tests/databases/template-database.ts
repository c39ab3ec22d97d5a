import pg from 'pg';

/** The migrated database of the test server that the others are copied from; nobody else connects to it. */
export const templateDatabase = 'kbalertz_template';

/** Runs one statement on the server, such as making a database. */
export async function runOnServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
