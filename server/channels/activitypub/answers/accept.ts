/** Accept: tells a follower's server that they are a follower now. */
import { createHash } from 'node:crypto'
import { actorUrl } from '../addresses'
import { withContext } from '../documents/context'

/** JSON. Its id follows from the activity that it answers, so that a repeat is the same. */
export function accept({
  id,
  follower,
  follows,
}: {
  id: string
  follower: string
  follows: string
}): string {
  const actor = actorUrl(follows)
  const name = createHash('sha256').update(id).digest('base64url').slice(0, 20)
  return JSON.stringify(
    withContext({
      id: `${actor}#accepts/${name}`,
      type: 'Accept',
      actor,
      to: [follower],
      object: { id, type: 'Follow', actor: follower, object: actor },
    }),
  )
}
