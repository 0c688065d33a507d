/** The actor that an address of ours names. */
import { getRouterParam, type H3Event } from 'h3'
import { problem } from '../../../http/problem'
import type { Views } from '../../../queries/tables'
import { actorById, type OurActor } from '../actors'

/** By the `id` in the path. Throws a 404. */
export async function requireActor(event: H3Event, views: Views): Promise<OurActor> {
  const actor = await actorById(views, getRouterParam(event, 'id', { decode: true }) ?? '')
  return actor ?? problem(404, 'No such account', 'Nobody here has this address.')
}
