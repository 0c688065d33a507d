/**
 * The one way to publish a review, for the button and the schedule alike: both check the same
 * things and send the same command.
 */
import { appReadOnly, useApp } from '../db/open'
import type { Handled } from '../log/handle-command'
import type { PartChoices, PublishedContent } from '../review/events'
import { withMovieAddress } from './movie-address'
import { requireFitting } from './part-choices'
import { publishable } from './publishable'
import { type Actor, type CommandOptions, runCommand } from './review-commands'
import { draftAsPublic } from './working-copy/draft-as-public'
import type { OpenReview } from './working-copy/open-review'
import { reserveSlug } from './working-copy/slugs'

/** `parts` are the critic's choices, part by part. */
export interface PublishOptions extends CommandOptions {
  parts?: PartChoices
}

/**
 * Throws what `requirePublishable` and `runCommand` throw. A review that is already published is
 * left as it is, and not checked again; an archived one is refused whatever its text.
 */
export async function publish(
  review: OpenReview,
  actor: Actor,
  { parts, ...options }: PublishOptions,
): Promise<Handled> {
  const { id, state } = review
  const wasPublished = state.status === 'published' || state.status === 'archived'
  const published = wasPublished ? state.content : undefined
  const content = published ?? (await withMovieAddress(id, await requirePublishable(review, parts)))
  const slug = state.slug ?? (await reserveSlug(await useApp(), id, content.title, appReadOnly()))
  return runCommand(
    id,
    actor,
    () => ({
      type: 'PublishReview',
      data: { id, slug, content, ...(parts && { parts }) },
      now: new Date().toISOString(),
    }),
    options,
  )
}

/**
 * Throws a 422 that names what keeps the review from being published: a missing field, a refused
 * text, or words that do not fit a part.
 */
export async function requirePublishable(
  review: OpenReview,
  parts: PartChoices | undefined,
): Promise<PublishedContent> {
  const content = await publishable(review.content)
  await requireFitting(parts, () => draftAsPublic(review, Date.now()))
  return content
}
