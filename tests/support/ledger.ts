/**
 * Reads the ledger of a running or dead server from its file. Deliveries are written "EVENT
 * RECIPIENT".
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export class Ledger {
  constructor(private dataDir: string) {}

  /** Rows in this state, or all rows. */
  count(state = '%'): number {
    return this.rows<{ n: number }>(
      'SELECT count(*) AS n FROM deliveries WHERE state LIKE ?',
      state,
    )[0]!.n
  }

  /** Sends that had begun and were not recorded. */
  underWay(): string[] {
    return this.rows<{ whom: string }>(
      `SELECT event_id || ' ' || recipient AS whom FROM deliveries WHERE state = 'sending'`,
    ).map(({ whom }) => whom)
  }

  /** Recipients by the endpoint of their push subscription. */
  pushReaders(): Map<string, string> {
    return new Map(
      this.rows<{ id: string; endpoint: string }>('SELECT id, endpoint FROM push_readers').map(
        ({ id, endpoint }) => [endpoint, id],
      ),
    )
  }

  private rows<Row>(statement: string, ...values: string[]): Row[] {
    const app = new DatabaseSync(join(this.dataDir, 'app.sqlite'), {
      readOnly: true,
      timeout: 5000,
    })
    try {
      return app.prepare(statement).all(...values) as Row[]
    } finally {
      app.close()
    }
  }
}
