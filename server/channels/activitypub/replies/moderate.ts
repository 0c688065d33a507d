/** What editors do about replies: hide one, or listen to its author, or their server, no more. */
import { useApp } from '../../../db/open'
import { problem } from '../../../http/problem'
import { block } from './blocks'
import { forgetPages, replyById } from './store'

/** Throws a 404 for a reply that is not here any more. */
export async function hide(id: string, hidden: boolean, now: number) {
  const { id: known } = (await replyById(id)) ?? noSuchReply()
  const app = await useApp()
  await app
    .updateTable('fediverse_replies')
    .set({ hidden_at: hidden ? now : null })
    .where('id', '=', known)
    .execute()
  forgetPages()
}

/** All replies of theirs go with it. */
export async function blockAuthorOf(
  id: string,
  what: 'person' | 'server',
  by: string,
  now: number,
) {
  const { actor, host, handle } = (await replyById(id)) ?? noSuchReply()
  const who = what === 'person' ? { who: actor, name: `@${handle}` } : { who: host, name: host }
  await block(who, by, now)
}

const noSuchReply = () =>
  problem(404, 'No such reply', 'It was deleted by its author, or its author was blocked.')
