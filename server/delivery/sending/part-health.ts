/** A part's health, kept beside its checkpoint: why it cannot send now, and what its far side still allows. */
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

  /** Written when it changes, one after the other; what could not be written is written with the next change. */
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
        console.error(`[${this.name}] its health could not be saved: ${error.message}`),
      )
  }
}
