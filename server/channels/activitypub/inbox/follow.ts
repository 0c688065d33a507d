/** Follow: from now on the server of the follower is told of reviews. It is answered with Accept (ActivityPub, 7.5). */
import { take, tooMany } from '../../../http/limits'
import { problem } from '../../../http/problem'
import { useLog } from '../../../log'
import { useViews } from '../../../queries/views'
import { actorById } from '../actors'
import { actorAt, actorUrl } from '../addresses'
import { accept } from '../answers/accept'
import { queueAnswer, wakeAnswers } from '../answers/queue'
import { addFollower } from '../followers/store'
import type { Effect } from './effects'
import type { Posted } from './read-activity'
import type { RemoteActor } from './remote-actor'

/** 404 where there is nobody to follow, 429 where a server brings too many at once. */
export async function follow({ id, object }: Posted, actor: RemoteActor): Promise<Effect> {
  const follows = object === undefined ? undefined : actorAt(object)
  if (follows === undefined || !(await actorById(useViews(), follows)))
    return problem(404, 'No such account', `There is no ${object ?? 'object'} to follow here.`)
  const wait = take('follows', actor.host)
  if (wait) throw tooMany(wait)
  const { inbox, host } = actor
  const position = await useLog().head()
  return {
    async apply(tx, now) {
      const follower = { actor: actor.id, follows, follow_id: id, inbox, host, position }
      await addFollower(tx, follower, now)
      const activity = accept({ id, follower: actor.id, follows })
      await queueAnswer(
        tx,
        { sender: actorUrl(follows), recipient: actor.id, inbox, activity },
        now,
      )
    },
    done: wakeAnswers,
  }
}
