/** The addresses of everything that other servers of the fediverse may ask us for. */
import { settings } from '../../config/settings'

/** The publication's own actor; a critic's is their id. */
export const SITE = 'site'
/** The publication's handle, `@reviews@HOST`. */
export const SITE_HANDLE = 'reviews'

const ours = (path: string) => settings().siteUrl + path

export const host = () => new URL(settings().siteUrl).host

export const actorUrl = (actor: string) => ours(`/ap/actors/${encodeURIComponent(actor)}`)
export const inboxUrl = (actor: string) => `${actorUrl(actor)}/inbox`
export const outboxUrl = (actor: string) => `${actorUrl(actor)}/outbox`
export const followersUrl = (actor: string) => `${actorUrl(actor)}/followers`
export const followingUrl = (actor: string) => `${actorUrl(actor)}/following`
export const sharedInboxUrl = () => ours('/ap/inbox')
export const keyUrl = (actor: string, number: number) => `${actorUrl(actor)}#key-${number}`

/** What we did at a position of the log. */
export const activityUrl = (position: number) => ours(`/ap/activities/${position}`)
export const announceUrl = (position: number) => `${activityUrl(position)}/announce`

/** The actor that one of our addresses names; undefined for any other address. */
export function actorAt(url: string): string | undefined {
  const prefix = ours('/ap/actors/')
  if (!url.startsWith(prefix)) return undefined
  const name = url.slice(prefix.length)
  return /^[^/?#]+$/.test(name) ? decode(name) : undefined
}

function decode(name: string): string | undefined {
  try {
    return decodeURIComponent(name)
  } catch {
    return undefined
  }
}
