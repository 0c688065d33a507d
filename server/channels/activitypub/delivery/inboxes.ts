/** What sending to an inbox needs: whose followers are there, and which signatures the server takes. */
import { appReadOnly } from '../../../db/open'
import { parseRecipient, type Recipient } from './recipients'
import type { SignatureKind } from './sign'

/** `follows`: which of our actors somebody there follows now. */
export interface Inbox extends Recipient {
  host: string
  follows: string[]
  signatures?: SignatureKind
  isFailing: boolean
}

/** Called just before sending. No inbox is left out: a deletion also goes where nobody follows any more. */
export async function loadInboxes(recipients: string[]): Promise<Map<string, Inbox>> {
  const parsed = recipients.map(recipient => ({ recipient, ...parseRecipient(recipient) }))
  const inboxes = [...new Set(parsed.map(({ inbox }) => inbox))]
  const hosts = [...new Set(inboxes.map(hostOf))]
  const [followers, servers] = await Promise.all([
    appReadOnly()
      .selectFrom('fediverse_followers')
      .select(['inbox', 'follows'])
      .distinct()
      .where('inbox', 'in', inboxes)
      .execute(),
    appReadOnly().selectFrom('fediverse_servers').selectAll().where('host', 'in', hosts).execute(),
  ])
  return new Map(
    parsed.map(({ recipient, inbox, isAnnounce }) => {
      const server = servers.find(({ host }) => host === hostOf(inbox))
      const follows = followers.filter(row => row.inbox === inbox).map(row => row.follows)
      return [
        recipient,
        {
          inbox,
          isAnnounce,
          host: hostOf(inbox),
          follows,
          signatures: server?.signatures ?? undefined,
          isFailing: Boolean(server?.failing_since),
        },
      ]
    }),
  )
}

export const hostOf = (url: string) => new URL(url).host
