/** Who may call each route of the API: one row for each file in server/api. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '../../server/access/tokens'

/**
 * `public`: anybody; `reader`: the holder of a manage token; `somebody`: anybody signed in, and any
 * token; `session`: somebody at the desk, no token; `… editor`: not a critic; `… owner`: only an owner. A scope: whoever has
 * it, by token or by role.
 */
export type Who =
  'public' | 'reader' | 'somebody' | 'session' | 'session editor' | 'session owner' | Rule
type Rule = Scope | 'reviews editor'

export const WHO_MAY: Record<string, Who> = {
  'GET /api/alerts': 'parts',
  'POST /api/alerts/:about/dismiss': 'parts',
  'POST /api/auth/sign-in/email': 'public',
  'POST /api/auth/sign-out': 'public',
  'GET /api/critics': 'public',
  'GET /api/critics/:id': 'public',
  'GET /api/dead-letters': 'parts',
  'GET /api/dead-letters/:id': 'parts',
  'POST /api/dead-letters/redrive': 'parts',
  'POST /api/dead-letters/:id/redrive': 'parts',
  'POST /api/dead-letters/:id/skip': 'parts',
  'GET /api/desk/event-map': 'reviews',
  'GET /api/desk/reviews': 'reviews',
  'GET /api/desk/reviews/:id': 'reviews',
  'GET /api/desk/reviews/:id/revisions': 'reviews',
  'POST /api/desk/reviews/:id/revisions': 'reviews',
  'POST /api/desk/reviews/:id/bring-back': 'reviews',
  'POST /api/desk/reviews/:id/discard': 'reviews',
  'GET /api/desk/replies': 'reviews editor',
  'POST /api/desk/replies/block': 'reviews editor',
  'POST /api/desk/replies/hide': 'reviews editor',
  'POST /api/desk/replies/unblock': 'reviews editor',
  'DELETE /api/desk/samples': 'reviews editor',
  'POST /api/drafts': 'reviews',
  'GET /api/desk/events/:type': 'reviews editor',
  'GET /api/event-map': 'public',
  'GET /api/events': 'public',
  'POST /api/mail/bounces': 'readers',
  'GET /api/me': 'somebody',
  'PATCH /api/me': 'session',
  'POST /api/me/password': 'session',
  'GET /api/me/sessions': 'session',
  'DELETE /api/me/sessions/:id': 'session',
  'GET /api/movies': 'public',
  'GET /api/movies/:id': 'public',
  'GET /api/movies/lookup': 'reviews',
  'GET /api/outbox': 'readers',
  'GET /api/outbox/:id': 'readers',
  'POST /api/outbox/discard': 'readers',
  'POST /api/outbox/send': 'readers',
  'GET /api/parked': 'parts',
  'GET /api/parts': 'parts',
  'POST /api/parts/:name/pause': 'parts',
  'POST /api/parts/:name/rebuild': 'parts',
  'POST /api/parts/:name/replay': 'parts',
  'POST /api/parts/:name/resume': 'parts',
  'POST /api/parts/:name/retry-parked': 'parts',
  'GET /api/people': 'session editor',
  'POST /api/people': 'session editor',
  'PATCH /api/people/:id': 'session editor',
  'DELETE /api/people/:id': 'session editor',
  'GET /api/push/key': 'public',
  'POST /api/readers/import': 'readers',
  'GET /api/reviews': 'public',
  'POST /api/reviews': 'reviews',
  'GET /api/reviews/:id': 'public',
  'PATCH /api/reviews/:id': 'reviews',
  'POST /api/reviews/:id/archive': 'reviews',
  'POST /api/reviews/:id/correct': 'reviews',
  'GET /api/reviews/:id/deliveries': 'reviews',
  'POST /api/reviews/:id/erase': 'session owner',
  'POST /api/reviews/:id/fix': 'reviews',
  'GET /api/reviews/:id/history': 'reviews',
  'POST /api/reviews/:id/hold': 'reviews',
  'POST /api/reviews/:id/send-now': 'reviews',
  'POST /api/reviews/:id/preview': 'reviews',
  'POST /api/reviews/:id/publish': 'reviews',
  'GET /api/reviews/:id/replies': 'public',
  'POST /api/reviews/:id/redrive': 'reviews',
  'POST /api/reviews/:id/restore': 'reviews',
  'POST /api/reviews/:id/schedule': 'reviews',
  'DELETE /api/reviews/:id/schedule': 'reviews',
  'GET /api/search': 'public',
  'GET /api/security-log': 'session owner',
  'GET /api/setup': 'public',
  'POST /api/setup': 'public',
  'GET /api/subscriptions/choices': 'public',
  'GET /api/subscriptions/matched': 'public',
  'POST /api/subscriptions/email': 'public',
  'GET /api/subscriptions/email/confirm': 'public',
  'POST /api/subscriptions/email/confirm': 'public',
  'GET /api/subscriptions/email/me': 'reader',
  'PATCH /api/subscriptions/email/me': 'reader',
  'DELETE /api/subscriptions/email/me': 'reader',
  'GET /api/subscriptions/email/unsubscribe': 'public',
  'POST /api/subscriptions/email/unsubscribe': 'public',
  'POST /api/subscriptions/push': 'public',
  'PATCH /api/subscriptions/push/:id': 'reader',
  'DELETE /api/subscriptions/push/:id': 'reader',
  'GET /api/tokens': 'session',
  'POST /api/tokens': 'session',
  'DELETE /api/tokens/:id': 'session',
  'POST /api/uploads': 'reviews',
  'DELETE /api/uploads/:name': 'reviews',
  'GET /api/webhooks': 'webhooks',
  'POST /api/webhooks': 'webhooks',
  'GET /api/webhooks/:id': 'webhooks',
  'PATCH /api/webhooks/:id': 'webhooks',
  'DELETE /api/webhooks/:id': 'webhooks',
  'POST /api/webhooks/:id/replay': 'webhooks',
  'POST /api/webhooks/:id/rotate': 'webhooks',
  'POST /api/webhooks/:id/test': 'webhooks',
}

const api = join(import.meta.dirname, '../../server/api')

const files = (): [route: string, file: string][] =>
  globSync('**/*.ts', { cwd: api }).map(file => {
    const [, path, method] = /^(.*)\.(get|post|put|patch|delete)\.ts$/.exec(file)!
    const address = path!.replace(/(^|\/)index$/, '').replaceAll(/\[(\w+)\]/g, ':$1')
    return [`${method!.toUpperCase()} /api/${address}`, file]
  })

/** Every route that has a file, as "METHOD /api/path/:parameter". */
export const routes = (): string[] => files().map(([route]) => route)

/** The file of a route. */
export const handlerOf = (route: string): string => join(api, new Map(files()).get(route)!)
