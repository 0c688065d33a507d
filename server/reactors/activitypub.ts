/**
 * Tells the servers of the fediverse where somebody follows the critic or the publication: a review is
 * an article there, edited on a fix or a correction, deleted on archive, and written anew on a restore.
 */
import { verdictOf } from '../../shared/wording'
import { SITE } from '../channels/activitypub/addresses'
import { inboxAudience } from '../channels/activitypub/delivery/audience'
import { type Inbox, loadInboxes } from '../channels/activitypub/delivery/inboxes'
import { composeMessage, type Message, type Signed } from '../channels/activitypub/delivery/message'
import { post, TIMEOUT_MS } from '../channels/activitypub/delivery/post'
import { noteServer } from '../channels/activitypub/delivery/servers'
import { federates } from '../channels/activitypub/federates'
import { countFollowers, removeInbox } from '../channels/activitypub/followers/store'
import {
  defineReactor,
  type Delivery,
  type Receipt,
  Retry,
  Suppressed,
} from '../delivery/contract/define-reactor'

type Sending = Delivery<Inbox, Message>

export default defineReactor<Inbox, Message>({
  name: 'activitypub',
  label: 'Fediverse',
  unit: 'server',
  ready: () => federates() || 'Not set up',
  audience: inboxAudience,
  // Its audience already leaves out those who were never told.
  independentEvents: true,
  load: loadInboxes,
  compose: composeMessage,
  on: {
    ReviewPublished: tell,
    ReviewFixed: change,
    ReviewCorrected: change,
    ReviewArchived: remove,
    ReviewRestored: restore,
  },
  does: {
    ReviewPublished: { reach: 'notified', says: 'Posts it to the servers of its followers' },
    ReviewFixed: { reach: 'updated quietly', says: 'Edits its post' },
    ReviewCorrected: { reach: 'updated quietly', says: 'Edits its post' },
    ReviewArchived: { reach: 'updated quietly', says: 'Deletes its post' },
    ReviewRestored: { reach: 'updated quietly', says: 'Posts it anew, with its old date' },
  },
  async render({ critic, rating, summary }) {
    const count = await countFollowers(critic.id, SITE)
    return { say: `${verdictOf(rating)} ${summary}`, count, unit: 'followers' }
  },
  concurrency: 64,
  perOrigin: 2,
  // The last waits add up to about two days.
  backoff: [1, 4, 15, 60, 300, 1800, 7200, ...Array.from({ length: 9 }, () => 18_000)],
  timeout: TIMEOUT_MS + 1000,
})

/** The id of an activity is the same at every attempt, so that the far side can drop a repeat. */
async function tell(sending: Sending): Promise<Receipt> {
  const { to, review, message } = sending
  if (!to.follows.includes(to.isAnnounce ? SITE : review.critic.id))
    throw new Suppressed('nobody there follows any more')
  return send(sending, theirs(sending), { id: message.article })
}

function change(sending: Sending): Promise<Receipt> {
  return send(sending, theirs(sending), { id: sending.message.article })
}

function remove(sending: Sending): Promise<Receipt> {
  return send(sending, theirs(sending), { id: sending.message.article, gone: true })
}

/** A deletion that was overtaken by the restore is made up for: what is deleted cannot come back. */
async function restore(sending: Sending): Promise<Receipt> {
  const { receipt, message } = sending
  if (message.before && !receipt?.gone) await send(sending, message.before, {})
  return tell(sending)
}

const theirs = ({ to, message }: Sending) => (to.isAnnounce ? message.passedOn : message.fromCritic)

async function send({ to, signal }: Sending, { sender, activity }: Signed, receipt: Receipt) {
  const { inbox, signatures } = to
  const outcome = await post({ inbox, sender, activity, signatures, signal })
  await noteServer(to, outcome, Date.now())
  const { ok, said = '', gone, retryAt } = outcome
  if (ok) return receipt
  if (!gone) throw new Retry(said, retryAt ? { at: retryAt, pause: to.host } : {})
  await removeInbox(inbox)
  throw new Suppressed(`${said} (its followers are gone)`)
}
