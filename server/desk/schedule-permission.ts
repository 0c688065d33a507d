/**
 * Asks, when a schedule is due, whether the person who set it could still publish the review: they
 * may have been removed since, or have another role.
 */
import { mayEdit } from '../access'
import { useApp } from '../db/open'
import type { OpenReview } from './working-copy/open-review'

/**
 * Why somebody else must decide, as a sentence; undefined if the schedule may go on. An editor's
 * schedule stands without its critic.
 */
export async function whyAskFirst({
  state: { critic },
  events,
}: Pick<OpenReview, 'state' | 'events'>): Promise<string | undefined> {
  const scheduled = events.findLast(event => event.type === 'ReviewScheduled')
  const setter = (await personOf(scheduled?.meta.causation)) ?? critic.id
  const person = await find(setter)
  if (person && mayEdit(person, critic.id)) return undefined
  const name = setter === critic.id ? critic.name : (scheduled?.meta.actor ?? critic.name)
  return person
    ? `${name} may no longer publish a review by ${critic.name}. An owner decides whether it is published.`
    : `${name} no longer has an account here. An owner decides whether it is published.`
}

/** The person behind a caller (`person:ID`, `token:ID`), whether or not they still have an account. */
async function personOf(caller: string | undefined): Promise<string | undefined> {
  const [kind, id] = caller?.split(':') ?? []
  if (kind === 'person') return id
  if (kind !== 'token' || !id) return undefined
  const app = await useApp()
  const token = await app
    .selectFrom('api_tokens')
    .select('user_id')
    .where('id', '=', id)
    .executeTakeFirst()
  return token?.user_id
}

const find = async (id: string) =>
  (await useApp())
    .selectFrom('people')
    .select(['id', 'role'])
    .where('id', '=', id)
    .executeTakeFirst()
