/** What people of the fediverse said about our reviews. It is theirs: they change and delete it. */
import type { Kysely } from 'kysely'
import { appReadOnly } from '../../../db/open'
import type { AppTables } from '../../../db/schema'
import { useAnswers } from '../../../http/answer/cache'

type App = Kysely<AppTables>
export type ReplyRow = AppTables['fediverse_replies']

export const replyById = (id: string) =>
  appReadOnly().selectFrom('fediverse_replies').selectAll().where('id', '=', id).executeTakeFirst()

export async function addReply(app: App, reply: Omit<ReplyRow, 'hidden_at'>) {
  await app
    .insertInto('fediverse_replies')
    .values({ ...reply, hidden_at: null })
    .onConflict(there => there.doNothing())
    .execute()
}

export async function addReaction(app: App, reaction: AppTables['fediverse_reactions']) {
  const { activity_id } = reaction
  await app
    .insertInto('fediverse_reactions')
    .values(reaction)
    .onConflict(there => there.columns(['review_id', 'actor', 'kind']).doUpdateSet({ activity_id }))
    .execute()
}

/** Everything from a person, or from a server. */
export async function removeReactionsOf(app: App, column: 'actor' | 'host', value: string) {
  await app.deleteFrom('fediverse_replies').where(column, '=', value).execute()
  await app.deleteFrom('fediverse_reactions').where(column, '=', value).execute()
}

/** Pages that show replies are made anew. */
export const forgetPages = () => useAnswers().purge()
