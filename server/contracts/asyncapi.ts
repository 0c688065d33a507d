/** The AsyncAPI 3.0 document: every event that leaves, where it can be heard, and its schema. */
import { z } from 'zod'
import {
  noticeDataSchemas,
  noticeSchema,
  testNoticeSchema,
} from '../../shared/schemas/answers/notice'
import { cardSchema } from '../../shared/schemas/answers/review'
import { SHAPES } from '../../shared/schemas/subscription'
import { NOTICE_TYPE, PUBLIC_EVENTS, TEST_NOTICE_TYPE } from '../../shared/types/notice'
import { LIVE_EVENTS, LIVE_NAME } from '../live/frame'
import { channelsOf, operationsOf } from './asyncapi-channels'
import { SharedSchemas } from './json-schema'
import { CONTRACT_VERSION } from './version'

/** A message as AsyncAPI describes it. */
interface Message {
  name: string
  title: string
  contentType: string
  payload: object
}

export function asyncApi(siteUrl: string) {
  const shared = new SharedSchemas('#/components/schemas/')
  const notices = PUBLIC_EVENTS.map(event => {
    const shapes = noticeDataSchemas(event)
    const data = z.union(SHAPES.map(shape => shapes[shape]))
    const payload = shared.add(noticeSchema(event, data), 'answered')
    return message(NOTICE_TYPE[event], TITLE[event], 'application/cloudevents+json', payload)
  })
  const test = message(
    TEST_NOTICE_TYPE,
    'A test of a webhook; about no event',
    'application/cloudevents+json',
    shared.add(testNoticeSchema, 'answered'),
  )
  const cards = LIVE_EVENTS.map(event =>
    message(LIVE_NAME[event], TITLE[event], 'application/json', shared.add(cardSchema, 'answered')),
  )
  const beats = Object.entries(BEATS).map(([name, title]) =>
    message(name, title, 'application/json', { type: 'object', maxProperties: 0 }),
  )
  const feeds = Object.entries(FEEDS).map(([name, [title, type]]) =>
    message(name, title, type, { type: 'string' }),
  )
  const results = Object.entries(RESULTS).map(([name, title]) =>
    message(name, title, 'application/json', { type: 'object' }),
  )
  const activities = ACTIVITIES.map(name =>
    message(`activity.${name}`, `${name} (ActivityPub)`, 'application/activity+json', {
      type: 'object',
      properties: { type: { const: name } },
      required: ['type'],
    }),
  )
  const heard = {
    events: notices,
    live: [...cards, ...beats],
    webhook: [...notices, test],
    websub: feeds,
    graphql: results,
    fediverse: activities,
  }
  const { host, protocol } = new URL(siteUrl)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'MyMovies events',
      version: CONTRACT_VERSION,
      description:
        'What happens to reviews, as CloudEvents 1.0. Delivered at least once: a repeat has the same id.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { site: { host, protocol: protocol.replace(':', '') } },
    channels: channelsOf(heard),
    operations: operationsOf(heard),
    components: {
      schemas: shared.all,
      messages: Object.fromEntries(
        [...notices, test, ...cards, ...beats, ...feeds, ...results, ...activities].map(one => [
          one.name,
          one,
        ]),
      ),
    },
  }
}

const message = (name: string, title: string, contentType: string, payload: object): Message => ({
  name,
  title,
  contentType,
  payload,
})

const TITLE = {
  ReviewPublished: 'A review was published',
  ReviewFixed: 'A typo was fixed; the meaning is unchanged',
  ReviewCorrected: 'The meaning of a review was corrected, with a note',
  ReviewArchived: 'A review was withdrawn',
  ReviewRestored: 'A withdrawn review is public again',
  ReviewErased: 'The text of a withdrawn review was erased: delete your copy',
} satisfies Record<keyof typeof NOTICE_TYPE, string>

const BEATS = {
  beat: 'Shows that the connection lives; its id is your position',
  reset: 'You cannot be brought up to date by events: load the list again',
}

/** The whole feed, as it is at its address. */
const FEEDS: Record<string, [title: string, type: string]> = {
  'feed.rss': ['The feed as RSS 2.0', 'application/rss+xml'],
  'feed.atom': ['The feed as Atom', 'application/atom+xml'],
  'feed.json': ['The feed as JSON Feed', 'application/feed+json'],
}

const RESULTS = {
  next: 'A result of a subscription: what it picked of one event',
  complete: 'There are no more results',
}

const ACTIVITIES = ['Create', 'Update', 'Delete', 'Announce']
