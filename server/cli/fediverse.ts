/** Looks after the accounts of our critics in the fediverse: new keys, and other accounts of the same person. */
import { actorByHandle, actorById, everyActor, type OurActor } from '../channels/activitypub/actors'
import { host } from '../channels/activitypub/addresses'
import { addAlias, aliasesOf, removeAlias } from '../channels/activitypub/aliases'
import { addKey } from '../channels/activitypub/keys'
import { useApp } from '../db/open'
import { useViews } from '../queries/views'
import { type Command, Complaint, Misuse } from './command'
import { existingDataFolder } from './existing-data-folder'

export const fediverseKeys: Command = {
  usage: '[HANDLE]',
  says: 'gives one account in the fediverse, or all of them, a new key',
  async run([handle]) {
    existingDataFolder()
    await useApp()
    const actors = handle === undefined ? await everyActor(useViews()) : [await actorNamed(handle)]
    for (const { id } of actors) await addKey(id)
    return actors.map(actor => `${nameOf(actor)} signs with a new key.`)
  },
}

const WHICH = 'Name the account here, and the address (a URL) of the other one.'

export const fediverseAlias: Command = {
  usage: 'HANDLE URL [--remove]',
  options: { remove: { type: 'boolean' } },
  says: 'lets the followers of another account be moved to the one here',
  missing: WHICH,
  async run([handle = '', url = ''], { remove }) {
    if (!/^https:\/\/[^/]+\/./.test(url) || !URL.canParse(url)) throw new Misuse(WHICH)
    existingDataFolder()
    await useApp()
    const actor = await actorNamed(handle)
    if (!remove) await addAlias(actor.id, url)
    else if (!(await removeAlias(actor.id, url)))
      throw new Complaint(`${nameOf(actor)} has no other account ${url}.`)
    const others = await aliasesOf(actor.id)
    return [`${nameOf(actor)} is also: ${others.join(', ') || 'nobody else'}.`]
  },
}

async function actorNamed(handle: string): Promise<OurActor> {
  const views = useViews()
  const name = handle.replace(/^@/, '').replace(/@.*/, '')
  const actor = (await actorByHandle(views, name)) ?? (await actorById(views, name))
  if (actor) return actor
  const known = (await everyActor(views)).map(({ handle: other }) => other)
  throw new Complaint(`There is no account ${JSON.stringify(name)}; there is ${known.join(', ')}.`)
}

const nameOf = ({ handle }: OurActor) => `@${handle}@${host()}`
