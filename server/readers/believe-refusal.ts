/**
 * Decides whether a server that says of a reader "no such address" is to be believed. One that says it
 * of everybody has lost its own list, which must cost no reader.
 */
import { type Kysely, sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import { appReadOnly } from '../db/open'
import type { AppTables } from '../db/schema'
import { mailPart } from '../delivery/contract/mail-part'

/** `event`: the id of the event that the email is about; `now` in ms. */
export interface RefusedEmail {
  reader: { id: string; email: string }
  event: string
  now: number
}

/**
 * Others at the reader's domain who get the same email decide it, or if there are none, all others who
 * do: one of them must have been taken. A reader who is alone has nobody to be compared with.
 */
export async function isRefusalBelievable(refused: RefusedEmail): Promise<boolean> {
  const app = appReadOnly()
  const domain = domainOf(refused.reader)
  const key = `${refused.event} ${domain}`
  if (working.has(key)) return true
  const near = atDomain(app, refused, domain)
  if (await isTaken(near)) {
    working.set(key, true)
    return true
  }
  if (await isAny(near)) return false
  const all = withSameEmail(app, refused)
  return (await isTaken(all)) || !(await isAny(all))
}

/**
 * Domains that took an email just now, by event: a large list has many dead addresses at few domains.
 * What a domain did at noon says nothing about the digest of tonight.
 */
const working = new LRUCache<string, true>({ max: 1000, ttl: 10 * 60_000 })

const domainOf = ({ email }: RefusedEmail['reader']) =>
  email.slice(email.lastIndexOf('@')).toLowerCase()

const isAny = async (others: Others) => (await others.limit(1).execute()).length > 0
const isTaken = (others: Others) => isAny(others.where('d.state', '=', 'accepted'))

type Others = ReturnType<typeof withSameEmail>

/** Deliveries of the same email, or of the same digest, to others whose turn has come. */
const withSameEmail = (app: Kysely<AppTables>, { reader, event, now }: RefusedEmail) =>
  app
    .selectFrom('deliveries as d')
    .select('d.id')
    .where('d.event_id', '=', event)
    .where('d.reactor', '=', mailPart())
    .where('d.recipient', '!=', reader.id)
    .where('d.state', '!=', 'suppressed')
    .where(row => row.or([row('d.state', '!=', 'pending'), row('d.due_at', '<=', now)]))
    .where(
      sql<boolean>`d.bundle IS NOT DISTINCT FROM (SELECT bundle FROM deliveries WHERE event_id = ${event} AND reactor = ${mailPart()} AND recipient = ${reader.id})`,
    )

/** There are fewer readers at a domain than deliveries of an event, so they are looked up first. */
function atDomain(app: Kysely<AppTables>, refused: RefusedEmail, domain: string): Others {
  const readers = app
    .selectFrom('mail_readers')
    .select('id')
    .where(sql<boolean>`lower(substr(email, -${sql.lit(domain.length)})) = ${domain}`)
  return withSameEmail(app, refused).where('d.recipient', 'in', readers)
}
