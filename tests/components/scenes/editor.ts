/** Scenes of the components that critics and editors see. */
import { sampleReview } from '../../support/sample-review'
import * as example from '../support/examples'
import { Problem } from '../support/server'
import type { Scenes } from './scene'

const at = '2026-11-14T11:01:17.000Z'
const labels = new Map([['email', 'Email']])
const failedDelivery = {
  id: 7,
  part: 'email',
  reviewId: 'r1',
  title: 'On Ikiru',
  recipient: 's1',
  reason: 'answered 410',
  attempts: 3,
}
const CHOICES = {
  genres: ['Drama', 'Western'],
  critics: [
    { id: 'ines', name: 'Ines Okafor' },
    { id: 'omar', name: 'Omar Diaz' },
  ],
}
const parked = {
  kind: 'reactor',
  part: 'email',
  reviewId: 'r1',
  title: 'On Stuck',
  position: 12,
  type: 'ReviewPublished',
  reason: 'wants is not iterable',
  behind: 2,
}
const event = { type: 'ReviewPublished', position: 12, at }
const hour = { accepted: Array(60).fill(1), failed: Array(60).fill(2) }
const failedLine = example.runLine({ state: 'Failed', told: 1, of: 2, left: 1, dead: 1 })
const problem = 'Must be something else.'
const clashes = [
  { field: 'body', mine: 'Mine.', theirs: 'Theirs.', both: 'Mine. Theirs.' },
  { field: 'rating', mine: 4, theirs: null },
]
const revision = {
  id: 'revision-1',
  version: 1,
  at,
  actor: 'Ines Okafor',
  fields: { title: 'An old title' },
  reason: 'paste',
}
const token = {
  id: 't1',
  name: 'Import',
  scopes: ['readers'],
  createdAt: at,
  usedAt: null,
  expiresAt: null,
  owner: { id: 'p1', name: 'Ines Okafor' },
}
const reply = {
  id: 'https://far.example/notes/1',
  url: 'https://far.example/@anna/1',
  name: 'Anna',
  handle: 'anna@far.example',
  host: 'far.example',
  tree: [{ t: 'p', c: [{ t: 'text', v: 'I saw it too.' }] }],
  publishedAt: at,
  hidden: false,
  review: { id: 'r1', title: 'On Ikiru', slug: 'on-ikiru' },
}
const session = {
  id: 's1',
  current: true,
  signedInAt: at,
  usedAt: at,
  endsAt: at,
  browser: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
}

export const EDITOR: Scenes = {
  'editor/AfterPanel': [
    {
      props: {
        review: example.publishedReview(),
        writing: example.writing({ rating: 4 }),
        commands: example.commands(),
        ready: true,
      },
    },
  ],
  'editor/EraseForm': [
    {
      props: { title: 'Everyone in Vienna', commands: example.commands(), ready: true },
      press: ['summary'],
    },
  ],
  'editor/Alerts': [
    {
      answers: {
        'GET /api/alerts': {
          items: [
            { about: 'a', says: 'It failed.', todo: 'Look.', link: '/', since: at, lastAt: at },
          ],
        },
      },
    },
    { answers: { 'GET /api/alerts': { items: [] } } },
  ],
  'editor/FailedDeliveries': [
    {
      props: { deliveries: [failedDelivery], counts: new Map([['email', 1]]), labels },
      answers: { 'GET /api/dead-letters/7': { say: 'Seen twice.' } },
      press: ['summary'],
    },
    { props: { deliveries: [], counts: new Map(), labels } },
  ],
  'editor/ReplyRow': [
    { props: { reply } },
    { props: { reply: { ...reply, hidden: true } }, press: ['button:nth-of-type(2)'] },
  ],
  'editor/BlockedPeople': [
    { props: { blocks: [] } },
    { props: { blocks: [{ who: 'far.example', name: 'far.example', by: 'Ines', at }] } },
  ],
  'editor/FailedPostWords': [{ props: { about: 'On Ikiru by X, number 7' }, press: ['summary'] }],
  'editor/DeskList': [
    {
      props: {
        labelledBy: 'drafts',
        items: [
          {
            id: 'r1',
            status: 'draft',
            title: '',
            refused: 'The text for Mastodon is too long.',
            rating: 4,
            movie: { title: 'Ikiru', year: 1952 },
            critic: 'Ines Okafor',
            touchedAt: at,
            unpublishedChanges: true,
            sample: true,
          },
        ],
      },
    },
  ],
  'editor/ListField': [
    { props: { name: 'tags', label: 'Tags', modelValue: ['noir'], hint: 'At most 10.' } },
    { props: { name: 'tags', label: 'Tags', modelValue: [], problem } },
  ],
  'editor/MergeView': [{ props: { clashes } }],
  'editor/MovieField': [
    { props: { modelValue: null, problem } },
    { props: { modelValue: { ...sampleReview().movie, director: 'Carol Reed' } } },
  ],
  'editor/ParkedEvents': [
    { props: { stuck: [parked, { ...parked, kind: 'projection' }], labels } },
  ],
  'editor/PartPositions': [
    { props: { parts: [example.part({ lag: 3 })], head: 1207 }, press: ['summary'] },
  ],
  'editor/PartsTable': [
    {
      props: {
        labelledby: 'channels',
        kind: 'Channel',
        parts: [
          example.part({ hour, lastError: 'answered 503', lastErrorAt: at }),
          example.part({ name: 'x', label: 'X', state: 'Paused', waiting: 2 }),
          example.part({ name: 'y', label: 'Y', credential: { endsAt: at, problem: 'no' } }),
        ],
      },
    },
    {
      props: {
        labelledby: 'system',
        kind: 'Part',
        parts: [
          example.part({ kind: 'projection', name: 'movies', label: 'Movies' }),
          example.part({ kind: 'projection', name: 'search', label: 'Search', rebuild: 0.4 }),
        ],
      },
    },
  ],
  'editor/HistoryEvents': [
    {
      props: {
        chosen: 12,
        addressOf: (position: number) => ({ query: { event: position } }),
        events: [
          { ...event, actor: 'Ines Okafor', diff: [{ field: 'title', before: null, after: 'x' }] },
          {
            ...event,
            type: 'ReviewArchived',
            position: 14,
            actor: 'Omar',
            diff: [],
            reason: 'Cut.',
          },
          {
            ...event,
            type: 'ReviewScheduled',
            position: 9,
            actor: 'Omar',
            diff: [],
            scheduledFor: at,
          },
        ],
      },
    },
  ],
  'editor/PersonRow': [
    {
      props: {
        person: { id: 'p1', name: 'Omar Diaz', email: 'omar@example.org', role: 'critic' },
        roles: ['critic', 'editor'],
        mayManage: true,
        isMe: false,
      },
      within: ['table', 'tbody'],
      press: ['[aria-expanded]', 'td[colspan] > p button'],
    },
  ],
  'editor/PostTexts': [
    {
      props: { preview: example.preview(), modelValue: {}, problems: { 'parts.x.text': 'No.' } },
      press: ['summary'],
    },
  ],
  'editor/PosterField': [
    { props: { modelValue: { url: '/uploads/1.webp', alt: 'A man in a doorway' }, problem } },
    { props: { modelValue: undefined, disabled: true } },
  ],
  'editor/PublishPanel': [
    {
      props: {
        review: example.draft({ refused: { at, reason: 'The text for X is too long.' } }),
        preview: example.preview(),
        commands: example.commands(),
        ready: true,
        choices: { mastodon: { text: 'Go.' } },
      },
      press: ['[aria-expanded]'],
    },
    {
      props: {
        review: example.draft(),
        failed: 'The server cannot be reached.',
        commands: example.commands(),
        ready: false,
        choices: {},
      },
    },
  ],
  'editor/RatingSlider': [{ props: { modelValue: null, problem } }, { props: { modelValue: 4.5 } }],
  'editor/ReachSign': [
    { props: { reach: 'notified', words: true } },
    { props: { reach: 'nothing' } },
  ],
  'editor/TextPreview': [{ props: { body: 'Vienna.' } }, { props: { body: '' } }],
  'editor/ReadModelTrial': [
    {
      props: {
        models: [example.part({ kind: 'projection', name: 'movies', label: 'Movies' })],
        head: 12,
      },
      press: ['summary'],
    },
  ],
  'editor/ReviewAsOf': [
    { props: { review: example.reviewAsOf() } },
    { props: { review: { ...example.reviewAsOf(), title: undefined, tree: undefined } } },
  ],
  'editor/ReplayForm': [
    {
      props: { parts: [example.part()], head: 12 },
      answers: {
        'GET /api/reviews': { items: [{ id: 'r1', title: 'On Ikiru', publishedAt: at }] },
      },
    },
  ],
  'editor/Revisions': [
    {
      props: {
        id: 'r1',
        writing: example.writing(),
        ready: true,
        canUndo: true,
        trouble: 'Not restored.',
      },
      answers: { 'GET /api/desk/reviews/r1/revisions': { items: [revision] } },
      press: ['summary', 'li button'],
    },
  ],
  'editor/SecretOnce': [{ props: { secret: 'whsec_123' } }],
  'editor/ApiTokens': [
    { props: { tokens: [] } },
    {
      props: {
        me: 'p1',
        tokens: [
          { ...token, usedAt: at, expiresAt: at },
          { ...token, id: 't2', owner: { id: 'p2', name: 'Omar Diaz' } },
        ],
      },
      press: ['tbody button'],
    },
  ],
  'editor/ApiTokenForm': [
    {
      answers: {
        'POST /api/tokens': new Problem(422, {
          errors: [{ path: 'scopes', message: 'must name at least one' }],
        }),
      },
      press: ['[type=submit]'],
    },
    { props: { scopes: ['reviews'] } },
  ],
  'editor/OwnPassword': [{}],
  'editor/BioForm': [
    { props: { address: '/api/me', bio: 'Sits in the third row.', whose: 'your bio' } },
  ],
  'editor/OwnSessions': [
    { props: { sessions: [session, { ...session, id: 's2', current: false, browser: '' }] } },
  ],
  'editor/SecurityEvents': [
    { props: { events: [] } },
    {
      props: {
        events: [
          {
            id: 2,
            at,
            what: 'role-changed',
            person: 'Omar Diaz',
            actor: 'Ines Okafor',
            about: 'critic → editor',
          },
          { id: 1, at, what: 'signed-in', person: 'Ines Okafor', network: '203.0.113.…' },
        ],
      },
    },
  ],
  'editor/TextField': [
    { props: { name: 'summary', label: 'Summary', modelValue: '', hint: '0 of 300', problem } },
  ],
  'editor/VersionComparison': [
    { props: { then: example.writing({ title: 'An old title' }), now: example.writing() } },
  ],
  'editor/WebhookDeliveries': [
    {
      props: {
        deliveries: [
          {
            eventId: 'e1',
            type: 'com.mymovies.review.published.v1',
            position: 12,
            reviewId: 'r1',
            state: 'retry',
            attempts: 2,
            at,
            nextAt: at,
            reason: 'answered 503',
          },
        ],
      },
    },
  ],
  'editor/WebhookForm': [
    { press: ['[value=pick]'], answers: { 'GET /api/subscriptions/choices': CHOICES } },
  ],
  'editor/WebhookHeader': [
    {
      props: { webhook: example.webhookPage(), added: '14 November', busy: '', isOff: false },
    },
    {
      props: { webhook: example.webhookPage(), added: '14 November', busy: 'test', isOff: true },
    },
  ],
  'editor/WebhookReplay': [
    {
      props: {
        from: 12,
        busy: '',
        off: false,
        preview: {
          from: 12,
          count: 1,
          items: [{ reviewId: 'r1', title: 'On Ikiru', type: 'ReviewPublished' }],
        },
      },
    },
  ],
  'editor/WebhookReviews': [
    {
      props: { problems: { wants: 'Is unknown.', subject: 'Must be the id of a review.' } },
      answers: { 'GET /api/subscriptions/choices': CHOICES },
    },
  ],
  'editor/WebhookState': (['disabled', 'paused', 'failing'] as const).map(state => ({
    props: {
      webhook: example.webhookPage({ state, disabledReason: 'it answered 410', failingSince: at }),
      at: () => 'yesterday',
      exactly: () => 'yesterday at 11:01',
    },
  })),
  'editor/WebhooksTable': [{ props: { webhooks: [example.webhook()] } }],
  'editor/WhatHappened': [
    {
      props: { id: 'r1', version: 3 },
      answers: {
        'GET /api/reviews/r1/deliveries': {
          id: 'r1',
          lines: [failedLine],
          earlier: [{ event, lines: [failedLine] }],
          settled: false,
          heldUntil: at,
          mayPause: true,
          maySend: true,
        },
      },
    },
  ],
  'editor/LastEvents': [
    {
      props: { type: 'ReviewPublished' },
      answers: {
        'GET /api/desk/events/ReviewPublished': {
          items: [{ position: 7, at, actor: 'Ines', reviewId: 'r1', title: 'Everyone in Vienna' }],
        },
      },
      press: ['summary'],
    },
  ],
  'editor/WritingFields': [
    {
      props: {
        modelValue: example.writing(),
        state: { kind: 'saved' },
        clashes: [],
        problems: { title: problem, 'movie.genres': problem },
        ready: true,
      },
      press: ['.formatting summary'],
    },
    {
      props: {
        modelValue: example.writing({ movie: null }),
        state: { kind: 'offline' },
        clashes,
        problems: {},
        ready: false,
      },
    },
  ],
}
