/** WebFinger (RFC 7033): where the account behind `@ines-okafor@HOST` is. */
import { settings } from '../../../config/settings'
import { problem } from '../../../http/problem'
import type { Views } from '../../../queries/tables'
import { actorByHandle, actorById, type OurActor } from '../actors'
import { actorAt, actorUrl, host } from '../addresses'
import { ACTIVITY_JSON, type Document } from './context'

/** `resource` is `acct:NAME@HOST`, or the address of an actor or of their page. Throws a 404. */
export async function webfinger(views: Views, resource: string): Promise<Document> {
  const actor = await actorOf(views, resource)
  if (!actor) return problem(404, 'No such account', `There is no ${resource} here.`)
  const page = settings().siteUrl + actor.path
  return {
    subject: `acct:${actor.handle}@${host()}`,
    aliases: [actorUrl(actor.id), page],
    links: [
      { rel: 'self', type: ACTIVITY_JSON, href: actorUrl(actor.id) },
      { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: page },
    ],
  }
}

async function actorOf(views: Views, resource: string): Promise<OurActor | undefined> {
  const [, name, at] = /^(?:acct:)?@?([^@/]+)@([^@/]+)$/i.exec(resource) ?? []
  if (name && at) return at.toLowerCase() === host() ? actorByHandle(views, name) : undefined
  const id = actorAt(resource)
  if (id !== undefined) return actorById(views, id)
  const url = URL.parse(resource)
  const path = url?.origin === new URL(settings().siteUrl).origin && url.pathname
  if (path === '/') return actorById(views, 'site')
  const slug = path && /^\/critics\/([^/]+)$/.exec(path)?.[1]
  return slug ? actorByHandle(views, slug) : undefined
}
