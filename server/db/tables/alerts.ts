/** What needs a person, and the emails about it. */
import type { Generated } from 'kysely'

export interface AlertTables {
  /**
   * What needs a person: one row per kind of trouble (`about`), kept for ever. `count` is since it
   * opened, `said` how many of them the newest email reported, `said_before` the one before that;
   * `noted_at` is when the email went out that says it is resolved.
   */
  alerts: {
    about: string
    says: string
    unit: string | null
    sample: string | null
    todo: string
    link: string
    count: number
    said: number
    said_before: number
    opened_at: number
    unsaid_since: number
    last_at: number
    told_at: number | null
    settled_at: number | null
    noted_at: number | null
  }
  /**
   * Emails to operators that wait to be sent: what they are about (JSON), but not the address; the
   * words are written when they are sent.
   */
  alert_letters: {
    person_id: string
    abouts: string
    created_at: number
    attempts: number
    due_at: number
  }
  /** Emails to one person at the desk that wait to be sent; `about` is unique. */
  desk_emails: {
    id: Generated<number>
    person_id: string
    about: string
    subject: string
    says: string
    todo: string
    link: string
    created_at: number
    attempts: number
    due_at: number
  }
  alert_dismissals: { person_id: string; about: string; at: number }
}
