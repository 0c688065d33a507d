/** NodeInfo 2.1: what this server is and how much is on it, for directories of the fediverse. */
import { settings } from '../../../config/settings'
import { countShown } from '../../../queries/latest'
import type { Views } from '../../../queries/tables'
import type { Document } from './context'

const SCHEMA = 'http://nodeinfo.diaspora.software/ns/schema/2.1'
export const NODEINFO_TYPE = `application/json; profile="${SCHEMA}#"`

export const nodeinfoLinks = (): Document => ({
  links: [{ rel: SCHEMA, href: `${settings().siteUrl}/nodeinfo/2.1` }],
})

/** Only what the public pages show too; people who read are not counted. */
export async function nodeinfo(views: Views): Promise<Document> {
  const { critics } = await views
    .selectFrom('critics')
    .select(eb => eb.fn.countAll<number>().as('critics'))
    .executeTakeFirstOrThrow()
  return {
    version: '2.1',
    software: { name: 'mymovies', version: VERSION },
    protocols: ['activitypub'],
    services: { inbound: [], outbound: ['atom1.0', 'rss2.0'] },
    openRegistrations: false,
    usage: { users: { total: Number(critics) }, localPosts: await countShown(views) },
    metadata: { nodeName: 'MyMovies' },
  }
}

const VERSION = '0.1.0'
