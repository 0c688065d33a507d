/**
 * Shows what a dead letter says, as far as editors may see it: the part's own words and the event
 * that it is about. A reader stays an id.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../db/schema'
import type { Reactor } from '../delivery/contract/define-reactor'
import { aboutPart } from '../delivery/contract/part-settings'
import { wordsFor } from '../delivery/planning/delivery-words'
import type { SubjectReader } from '../delivery/planning/subjects'

/**
 * `say` and `subject` are absent where the part has no words of its own; an archived review's
 * text is shown to nobody.
 */
export interface DeadLetterPreview {
  id: number
  part: string
  type: string
  position: number
  recipient: string
  attempts: number
  say?: string
  subject?: string
  event?: object
}

/** Undefined if the delivery is not dead (any more). */
export async function deadLetterPreview(
  {
    app,
    subjects,
    reactors,
  }: { app: Kysely<AppTables>; subjects: SubjectReader; reactors: Reactor[] },
  id: number,
): Promise<DeadLetterPreview | undefined> {
  const row = await app
    .selectFrom('deliveries')
    .select(['id', 'reactor', 'type', 'position', 'recipient', 'attempts', 'text'])
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst()
  if (!row) return undefined
  const { reactor: part, text, ...shown } = row
  const reactor = reactors.find(({ name }) => name === part)
  const subject = await subjects.at(row.position)
  if (!subject || subject.archived)
    return { ...shown, part, ...(subject && { event: subject.archived }) }
  const preview =
    reactor &&
    (await reactor.render?.(
      subject.review,
      aboutPart(reactor, wordsFor({ reactor: part, text }, subject.state)),
    ))
  const { tree: _, ...review } = subject.review
  return {
    ...shown,
    part,
    ...(preview?.say && { say: preview.say }),
    ...(preview?.subject && { subject: preview.subject }),
    event: { id: subject.event.id, at: subject.event.at, review },
  }
}
