/** Somebody on another server, as their server describes them. */
import { contextLoader, type Loader, NoDocument, noLoader } from './loaders'

/** `inbox` is the shared one of the server, where it has one; `handle` is `name@host`; `keys` are ids. */
export interface RemoteActor {
  id: string
  host: string
  inbox: string
  name: string
  handle: string
  url: string
  keys: string[]
}

/**
 * Throws NoDocument where there is nobody at this address, or somebody whose inbox is on another host:
 * we would be made to send to strangers.
 */
export async function fetchActor(id: string, load: Loader): Promise<RemoteActor> {
  const { isActor, Object: Any } = await import('@fedify/vocab')
  const { document } = await load(id)
  const actor = await Any.fromJsonLd(document, { documentLoader: noLoader, contextLoader }).catch(
    () => undefined,
  )
  if (!actor || !isActor(actor) || actor.id?.href !== id || !actor.inboxId)
    throw new NoDocument(id, 0, 'describes nobody with this address')
  const { host } = new URL(id)
  const shared = actor.endpoints?.sharedInbox
  const inbox = shared?.host === host ? shared : actor.inboxId
  if (inbox.host !== host) throw new NoDocument(id, 0, 'has its inbox on another host')
  const account = oneLine(String(actor.preferredUsername ?? '')) || 'somebody'
  return {
    id,
    host,
    inbox: inbox.href,
    name: oneLine(String(actor.name ?? '')) || account,
    handle: `${account}@${host}`,
    url: actor.url instanceof URL && actor.url.protocol === 'https:' ? actor.url.href : id,
    keys: actor.publicKeyIds.map(key => key.href),
  }
}

/** At most 100 characters, without line breaks or characters that turn the text around. */
const oneLine = (text: string) =>
  [
    ...text
      .toWellFormed()
      .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, 100)
    .join('')
