/**
 * Saves a part's newest error, for operators to see. A thousand failures in a second are one write.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'

export class LastError {
  private newest?: string

  constructor(
    private app: Kysely<AppTables>,
    private part: string,
    private now: () => number,
  ) {}

  note = (reason: string) => {
    const isWriting = this.newest !== undefined
    this.newest = reason
    if (!isWriting) void this.write()
  }

  private async write() {
    for (let written; written !== this.newest;) {
      written = this.newest
      await this.app
        .updateTable('consumers')
        .set({ last_error: written, last_error_at: this.now() })
        .where('name', '=', this.part)
        .execute()
        .catch(() => {})
    }
    this.newest = undefined
  }
}
