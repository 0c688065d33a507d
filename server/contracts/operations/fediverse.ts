/** What servers of the fediverse ask for (WebFinger, NodeInfo, ActivityPub). */
import type { ProblemTitle } from '../../../shared/problems'
import type { Operation, Operations } from '../operation'

const ACTIVITY = 'application/activity+json'

const get = (does: string, type: string, is: string, missing: ProblemTitle[]): Operation => ({
  does,
  who: 'public',
  answers: { 200: { type, is } },
  refuses: { 404: missing },
})
const ofActor = (does: string, is: string) =>
  get(does, ACTIVITY, is, ['Not found', 'No such account'])
const activity = (does: string, is: string) =>
  get(does, ACTIVITY, is, ['Not found', 'No such activity'])

/** Answered once the activity is on disk; what it must be like is said by the standard. */
const inbox = (does: string): Operation => ({
  does,
  who: 'public',
  body: { type: ACTIVITY, is: 'An activity, with an HTTP signature.' },
  answers: { 202: null },
  refuses: { 404: ['Not found'], 429: ['Too many requests'] },
})

export const FEDIVERSE: Operations = {
  'POST /ap/inbox': inbox('Takes what other servers send to several of our actors at once'),
  'POST /ap/actors/:id/inbox': inbox('Takes what other servers send to one actor'),
  'GET /.well-known/webfinger': get(
    'Where the account `acct:NAME@HOST` of the query `resource` is',
    'application/jrd+json',
    'RFC 7033.',
    ['Not found', 'No such account'],
  ),
  'GET /.well-known/nodeinfo': get(
    'Where the description of this server is',
    'application/json',
    'NodeInfo.',
    ['Not found'],
  ),
  'GET /nodeinfo/2.1': get('What this server is', 'application/json', 'NodeInfo 2.1.', [
    'Not found',
  ]),
  'GET /ap/actors/:id': ofActor('A critic, or the publication (`site`)', 'An ActivityPub actor.'),
  'GET /ap/actors/:id/outbox': ofActor('What they published', 'An OrderedCollection, in pages.'),
  'GET /ap/actors/:id/followers': ofActor('How many follow them', 'A count, without names.'),
  'GET /ap/actors/:id/following': ofActor('Whom they follow: nobody', 'An empty collection.'),
  'GET /ap/activities/:position': activity('What a critic did', 'An activity.'),
  'GET /ap/activities/:position/announce': activity(
    'A review that the publication passed on',
    'An Announce.',
  ),
}
