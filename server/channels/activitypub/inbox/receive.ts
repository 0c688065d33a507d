/** Takes in an activity from another server: verified, once, and in one transaction with all that it changes. */
import { type H3Event, setResponseStatus } from 'h3'
import { useApp } from '../../../db/open'
import { limit } from '../../../http/limits'
import { problem } from '../../../http/problem'
import { noteAlive } from '../delivery/servers'
import { requireFederation } from '../federates'
import { isBlocked } from '../replies/blocks'
import { effectOf } from './effects'
import { forgetActor, isKnown } from './leaving'
import { documentLoader, NoDocument } from './loaders'
import { type Posted, readActivity } from './read-activity'
import { fetchActor } from './remote-actor'
import { isNew } from './seen'
import { hash, requireSignature, verify } from './verify'

/** 202 once what it asks for is on disk, also where it asks for nothing that we do. */
export async function receive(event: H3Event): Promise<string> {
  requireFederation()
  limit(event, 'activities')
  const posted = await readActivity(event)
  requireSignature(event)
  setResponseStatus(event, 202)
  if (isFarewell(posted) && (await hasLeft(posted))) return ''
  const { actor, signature } = await verify(event, posted)
  if (await isBlocked(actor))
    problem(403, 'Not allowed', 'This site does not listen to this account.')
  // Looks at the activity, and at our read models, before the transaction begins.
  const effect = await effectOf(posted, actor)
  const now = Date.now()
  const app = await useApp()
  await app.transaction().execute(async tx => {
    if (!(await isNew(tx, 'signature', signature, now)))
      problem(409, 'The activity came before', 'This very request was received before.')
    if (await isNew(tx, 'activity', hash(posted.id), now)) await effect?.apply(tx, now)
  })
  effect?.done?.()
  await noteAlive(actor.host)
  return ''
}

const isFarewell = ({ type, actor, object }: Posted) => type === 'Delete' && actor === object

/**
 * An account that is deleted has no key any more to sign that with; its server confirms it by having
 * nobody at that address. Servers tell that to everyone they know of, so most are strangers to us.
 */
async function hasLeft({ actor }: Posted): Promise<boolean> {
  if (!(await isKnown(actor))) return true
  try {
    await fetchActor(actor, documentLoader())
    return false
  } catch (error) {
    if (!(error instanceof NoDocument) || ![404, 410].includes(error.status)) return false
    await forgetActor(await useApp(), actor)
    return true
  }
}
