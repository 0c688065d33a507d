/**
 * Keeps a part's health beside its checkpoint: why it cannot send now, and what its far side still
 * allows.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Quota } from '../contract/define-reactor'

export class PartHealth {
  private kept?: { stopped: string | null; quota: string | null }
  private writing: Promise<unknown> = Promise.resolve()

  constructor(
    private app: Kysely<AppTables>,
    private name: string,
  ) {}

  /** It cannot send until somebody acts (wrong credentials). */
  stopped = (reason: string) => this.keep({ stopped: reason })
  works = () => this.keep({ stopped: null })
  quota = (quota: Quota) => this.keep({ quota: JSON.stringify(quota) })

  /**
   * Writes changes only, one after another; one that could not be written is written with the next.
   */
  private keep(news: { stopped?: string | null; quota?: string }) {
    this.writing = this.writing
      .then(async () => {
        this.kept ??= await this.app
          .selectFrom('consumers')
          .select(['stopped', 'quota'])
          .where('name', '=', this.name)
          .executeTakeFirst()
        const now = { stopped: null, quota: null, ...this.kept, ...news }
        if (
          now.stopped === (this.kept?.stopped ?? null) &&
          now.quota === (this.kept?.quota ?? null)
        )
          return
        await this.app.updateTable('consumers').set(now).where('name', '=', this.name).execute()
        this.kept = now
      })
      .catch((error: Error) =>
        console.error(`[${this.name}] the part's health could not be saved: ${error.message}`),
      )
  }
}
