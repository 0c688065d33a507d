/** What a reader wants to hear about. Absent means everything, at once; values within a list are combined with OR, the kinds with AND. */
export interface Wants {
  genres?: string[]
  critics?: string[]
  /** 0 to 5 in halves. */
  minRating?: number
  frequency?: 'instant' | 'daily' | 'weekly'
  /** 0 to 23, in the reader's zone. */
  hour?: number
  /** 1 Monday to 7 Sunday (ISO 8601). */
  weekday?: number
  /** IANA name. */
  timeZone?: string
  /** Hours of the day in which nothing is sent: `from` is inclusive, `to` exclusive, "HH:MM". */
  quiet?: { from: string; to: string }
}

/** The same as the fields of a form: all texts, where an empty one means none. */
export interface WantsFields {
  genres: string[]
  critics: string[]
  minRating?: string
  frequency?: string
  hour?: string
  weekday?: string
  timeZone?: string
  quietFrom?: string
  quietTo?: string
}
