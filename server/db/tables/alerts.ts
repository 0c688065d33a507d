/** What needs a person, and the emails to operators about it. */
export interface AlertTables {
  /**
   * What needs a person, one row for ever per kind of trouble (`about`). `count` since it opened,
   * `said` of them in the newest letter, `said_before` in the one before; `noted_at`: the letter
   * that it is settled.
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
   * Letters to operators that wait to be sent: what about (JSON), never the address; the words are
   * those of the moment.
   */
  alert_letters: {
    person_id: string
    abouts: string
    created_at: number
    attempts: number
    due_at: number
  }
  alert_dismissals: { person_id: string; about: string; at: number }
}
