import { randomBytes, randomUUID } from 'node:crypto';
import type { Installation } from '../calls/installation.ts';
import type { Store } from './store.ts';

export function createInstallation({ db, write }: Store): Installation {
  /** This node, in leases. */
  const node = randomUUID();

  async function get(name: string): Promise<string | undefined> {
    const row = await db.selectFrom('installation').select('value').where('name', '=', name).executeTakeFirst();
    return row?.value;
  }

  return {
    get,

    async id() {
      const known = await get('id');
      if (known !== undefined) return known;
      await write((trx) =>
        trx
          .insertInto('installation')
          .values({ name: 'id', value: randomBytes(8).toString('hex') })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
      return (await get('id'))!;
    },

    async lease(task, now, ms) {
      const row = { holder: node, until: new Date(now.getTime() + ms).toISOString() };
      const taken = await write((trx) =>
        trx
          .insertInto('leases')
          .values({ task, ...row })
          .onConflict((conflict) =>
            conflict
              .column('task')
              .doUpdateSet(row)
              .where((where) =>
                where.or([where('leases.until', '<=', now.toISOString()), where('leases.holder', '=', node)]),
              ),
          )
          .returning('task')
          .executeTakeFirst(),
      );
      return taken !== undefined;
    },

    async renew(task, now, ms) {
      const until = new Date(now.getTime() + ms).toISOString();
      const { numUpdatedRows } = await write((trx) =>
        trx.updateTable('leases').set({ until }).where('task', '=', task).where('holder', '=', node).executeTakeFirst(),
      );
      return numUpdatedRows > 0n;
    },

    setUnder(task, name, value) {
      return write(async (trx) => {
        // Changes nothing, and holds the row: no other node takes the lease before this is on disk.
        const held = await trx
          .updateTable('leases')
          .set({ holder: node })
          .where('task', '=', task)
          .where('holder', '=', node)
          .returning('task')
          .executeTakeFirst();
        if (!held) return false;
        await trx
          .insertInto('installation')
          .values({ name, value })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
          .execute();
        return true;
      });
    },

    async release(task) {
      await write((trx) => trx.deleteFrom('leases').where('task', '=', task).where('holder', '=', node).execute());
    },
  };
}
