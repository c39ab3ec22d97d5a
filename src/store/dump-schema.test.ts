import { expect, test } from 'vitest';
import { describeOnBothDatabases } from '../../tests/databases/both-databases.ts';
import { dumpSchema } from './dump-schema.ts';

describeOnBothDatabases('the schema', (databases) => {
  test('is what the dump beside it says; after a migration renew it with "vitest run -u dump-schema"', async () => {
    const database = await databases.open();
    await expect(await dumpSchema(database)).toMatchFileSnapshot(`schema.${database.kind}.sql`);
  });
});
