/** The document of a page: a review's article, or the actor that a critic's page or the front page is about. */
import { getQuery, type H3Event, setResponseHeader } from 'h3'
import { settings } from '../../../config/settings'
import { problem } from '../../../http/problem'
import { criticIdOf } from '../../../queries/critic-slugs'
import { reviewBySlugOrId } from '../../../queries/review'
import type { Views } from '../../../queries/tables'
import { actorByHandle, actorById } from '../actors'
import { SITE } from '../addresses'
import { actorDocument } from './actor'
import { answerDocument, answerFresh } from './answer'
import { article, tombstone } from './article'
import { lastRestore } from './article-id'
import { type Document, withContext } from './context'
import type { Page } from './negotiate'

export async function answerAsDocument(event: H3Event, page: Page) {
  if (page.kind === 'review') return answerReview(event, page.name)
  setResponseHeader(event, 'vary', 'accept')
  return answerFresh(event, views => actorOfPage(views, page))
}

/**
 * A review that is archived is a tombstone (410; ActivityPub, 6.4). Its plain address is always that of
 * the present article; one that it was before a restore is gone.
 */
async function answerReview(event: H3Event, name: string) {
  const asked = Number(getQuery(event).restored) || undefined
  return answerDocument(event, { restored: asked }, views => reviewDocument(views, name, asked), {
    headers: { vary: 'accept' },
    status: document => (document.type === 'Tombstone' ? 410 : 200),
  })
}

async function reviewDocument(
  views: Views,
  name: string,
  asked: number | undefined,
): Promise<Document> {
  const found = await reviewBySlugOrId(views, settings().siteUrl, name)
  if (!found) return noSuchReview()
  const restored = await lastRestore((found.review ?? found.archived).id)
  if (found.archived) return withContext(tombstone(found.archived, restored))
  if (asked !== undefined && asked !== restored) return noSuchReview()
  return withContext(article(found.review, restored))
}

const noSuchReview = () => problem(404, 'No such review', 'No published review has this address.')

async function actorOfPage(views: Views, page: Page): Promise<Document> {
  const actor =
    page.kind === 'critic'
      ? ((await actorByHandle(views, page.name)) ??
        (await actorById(views, await criticIdOf(views, page.name))))
      : await actorById(views, SITE)
  return actorDocument(actor!)
}
