/** The document of a page: a review's article, or the actor that a critic's page or the front page is about. */
import { getQuery, type H3Event, setResponseHeaders } from 'h3'
import { settings } from '../../../config/settings'
import { answerCacheable } from '../../../http/answer/answer-cacheable'
import { problem } from '../../../http/problem'
import { criticIdOf } from '../../../queries/critic-slugs'
import { reviewBySlugOrId } from '../../../queries/review'
import type { Views } from '../../../queries/tables'
import { useViews } from '../../../queries/views'
import { actorByHandle, actorById, type OurActor } from '../actors'
import { SITE } from '../addresses'
import { actorDocument } from './actor'
import { answerDocument } from './answer'
import { article, tombstone } from './article'
import { lastRestore } from './article-id'
import { ACTIVITY_JSON, withContext } from './context'
import type { Page } from './negotiate'

const VARY = { vary: 'accept' }

export async function answerAsDocument(event: H3Event, page: Page) {
  if (page.kind === 'review') return answerReview(event, page.name)
  const views = useViews()
  const actor =
    page.kind === 'site' ? await actorById(views, SITE) : await criticAt(views, page.name)
  setResponseHeaders(event, { ...VARY, 'access-control-allow-origin': '*' })
  return answerCacheable(event, JSON.stringify(await actorDocument(actor!)), ACTIVITY_JSON)
}

/**
 * A review that is archived is a tombstone (410; ActivityPub, 6.4). So is, after a restore, the article
 * that it was before; its plain address is that of the present one.
 */
async function answerReview(event: H3Event, name: string) {
  const asked = Number(getQuery(event).restored) || undefined
  return answerDocument(
    event,
    { restored: asked },
    async views => {
      const found = await reviewBySlugOrId(views, settings().siteUrl, name)
      if (!found) return problem(404, 'No such review', 'No published review has this address.')
      const restored = await lastRestore((found.review ?? found.archived).id)
      if (found.archived) return withContext(tombstone(found.archived, restored))
      if (asked !== undefined && asked !== restored) return problem(404, 'No such review')
      return withContext(article(found.review, restored))
    },
    { headers: VARY, status: document => (document.type === 'Tombstone' ? 410 : 200) },
  )
}

async function criticAt(views: Views, name: string): Promise<OurActor | undefined> {
  return (await actorByHandle(views, name)) ?? actorById(views, await criticIdOf(views, name))
}
