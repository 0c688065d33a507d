/**
 * Keeps a part's credential from ending: has it renewed in time, sends with the newest one, and
 * tells the operators when renewing fails.
 */
import type { Kysely } from 'kysely'
import { seal, unseal } from '../../config/seal'
import type { AppTables } from '../../db/schema'
import { type Reactor, Retry, Stopped } from '../contract/define-reactor'
import { settingsOf } from '../contract/part-settings'
import { closeAlert, tellOperators } from '../contract/tell-operators'
import { type KeptCredential, keptCredential, saveCredential } from '../ledger/credentials'
import { aboutCredential, credentialTrouble } from './credential-trouble'
import { readableReason } from './readable-reason'
import { nextAttempt } from './retry'

/** The name of the key that seals them. */
const KEY = 'credentials'
const TIMEOUT_MS = 15_000
/** How often a renewal is tried once the usual backoff is used up. */
const AGAIN_MS = 6 * 3600_000

export class PartCredential {
  /** The part's settings, with the newest credential among them. */
  settings: Record<string, string>
  private given: Record<string, string>

  constructor(
    private app: Kysely<AppTables>,
    private reactor: Reactor,
  ) {
    this.given = settingsOf(reactor)
    this.settings = this.given
  }

  /** Finds what was renewed before; call this before sending. `now` in ms. */
  async load(now: number): Promise<KeptCredential | undefined> {
    const { setting } = this.reactor.renewal ?? {}
    if (!setting) return undefined
    const kept = await keptCredential(this.app, this.reactor.name, this.given[setting]!, now)
    const newest = kept.sealed && unseal(KEY, kept.sealed)
    this.settings = newest ? { ...this.given, [setting]: newest } : this.given
    return kept
  }

  /** Does nothing until it is time. What the far side answers becomes a row or an alert, never an error. */
  async renewIfDue(now: number) {
    const kept = await this.load(now)
    if (!kept || kept.due_at > now) return
    const next = { ...kept, ...(await this.renew(kept, now)) }
    await saveCredential(this.app, next)
    await this.load(now)
  }

  private async renew(kept: KeptCredential, now: number): Promise<Partial<KeptCredential>> {
    const { app, reactor, settings } = this
    try {
      const { value, endsAt } = await reactor.renewal!.renew(
        settings,
        AbortSignal.timeout(TIMEOUT_MS),
      )
      await closeAlert(app, aboutCredential(reactor), now)
      return {
        sealed: seal(KEY, value),
        ends_at: endsAt,
        due_at: now + (endsAt - now) / 2,
        attempts: 0,
        failed_since: null,
        problem: null,
      }
    } catch (error) {
      const failed = failedRenewal(kept, error as Error, settings, now)
      const trouble = credentialTrouble(
        reactor,
        { ...kept, ...failed },
        { now, isRefused: error instanceof Stopped },
      )
      if (trouble) await tellOperators(app, trouble, now)
      return failed
    }
  }
}

function failedRenewal(
  kept: KeptCredential,
  error: Error,
  settings: Record<string, string>,
  now: number,
) {
  const attempts = kept.attempts + 1
  const asked = error instanceof Retry ? error.options.at : undefined
  const soon = error instanceof Stopped ? undefined : nextAttempt(attempts, now, { asked })
  return {
    attempts,
    due_at: Math.round(soon ?? now + AGAIN_MS),
    failed_since: kept.failed_since ?? now,
    problem: readableReason(error, settings),
  }
}
