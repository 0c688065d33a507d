/** Scenes of the components that readers see, and of shared ones. */
import { asyncApi } from '../../../server/contracts/asyncapi'
import { openApi } from '../../../server/contracts/openapi'
import type { Card, PublicReview } from '../../../shared/types/review'
import { WIDE } from '../../../utils/event-map-lines'
import { sampleReview } from '../../support/sample-review'
import { eventMapExample } from '../support/event-map'
import type { Scenes } from './scene'

const SITE = 'https://films.example'

const at = '2026-11-14T11:01:17.000Z'
const review = (given: Partial<PublicReview> = {}) => sampleReview({ publishedAt: at, ...given })
const card = (): Card => ({ ...review(), genres: ['Thriller'] })
const BROKEN_WANTS = {
  fields: { genres: ['Drama'], critics: [], timeZone: 'Mars/Crater', quietFrom: '22:00' },
  problems: [
    { path: 'timeZone', message: 'is not known' },
    { path: 'quietTo', message: 'must be set' },
    { path: 'genres', message: 'must be at most 20' },
  ],
}
const CHOICES = {
  genres: ['Drama', 'Western'],
  critics: [
    { id: 'ines', name: 'Ines Okafor' },
    { id: 'omar', name: 'Omar Diaz' },
  ],
}

const reply = {
  id: 'https://far.example/notes/1',
  url: 'https://far.example/@anna/1',
  name: 'Anna',
  handle: 'anna@far.example',
  tree: [
    { t: 'p', c: [{ t: 'link', href: 'https://far.example/', c: [{ t: 'text', v: 'See' }] }] },
  ],
  publishedAt: at,
}

export const PUBLIC: Scenes = {
  SubscribeInvitation: [{}],
  Deskbar: [{ props: { person: 'Ines Okafor' } }, { props: { person: 'Omar', critic: true } }],
  GenreShelf: [{ props: { genres: [{ genre: 'Drama', reviews: 3 }] } }],
  NewestReviews: [{ answers: { 'GET /api/reviews': { items: [card()], next: null } } }],
  FeedAddresses: [{ props: { query: { genre: 'Drama' } } }],
  'critic/Extremes': [{ props: { reviews: [card(), { ...card(), id: 'other', rating: 1 }] } }],
  'review/More': [
    {
      props: { review: { ...review(), id: 'another' } },
      answers: {
        'GET /api/movies/the-third-man-1949': { reviews: [card()] },
        'GET /api/reviews': { items: [{ ...card(), id: 'third' }] },
      },
    },
  ],
  'review/Replies': [
    { props: { replies: { open: true, likes: 1, shares: 2, items: [reply] } } },
    { props: { replies: { open: true, likes: 0, shares: 0, items: [] } } },
  ],
  FormField: [
    { props: { name: 'email', label: 'Email', hint: 'Yours.', problem: 'Must be set.' } },
  ],
  LatestReviews: [
    { props: { items: [card()], labelledby: 'latest', lead: true } },
    { props: { items: [card()], labelledby: 'latest', prints: 1 } },
    {
      props: {
        items: [{ ...card(), excerpt: [{ text: 'A ' }, { text: 'zither', matches: true }] }],
        labelledby: 'found',
      },
    },
  ],
  OlderReviews: [{ props: { next: 'cursor' } }],
  PublicFrame: [{}],
  ReviewBody: [{ props: { tree: review().tree } }],
  StateWord: ['Sent', 'Failed', 'Waiting', 'Held'].map(word => ({ props: { word } })),
  EventMapDrawing: [{ props: { map: eventMapExample(), sizes: WIDE } }],
  EventMapEvents: [{ props: { map: eventMapExample() } }],
  EventMapPicture: [{ props: { map: eventMapExample() } }],
  EventMapTable: [{ props: { map: eventMapExample() } }],
  'content/EventMap': [{ answers: { 'GET /api/event-map': eventMapExample() } }],
  'content/EventTable': [{ answers: { 'GET /asyncapi.json': asyncApi(SITE) } }],
  'content/FieldTable': [
    { props: { of: 'Review' }, answers: { 'GET /openapi.json': openApi(SITE, 'cookie') } },
  ],
  'content/RouteTable': [{ answers: { 'GET /openapi.json': openApi(SITE, 'cookie') } }],
  'content/ProblemKinds': [{}],
  'content/ProsePre': [{}],
  'content/RatingSteps': [{}],
  'movie/Verdict': [{ props: { card: card() }, within: ['ul'] }],
  'review/Corrections': [{ props: { corrections: [{ at, note: 'It is Vienna.' }] } }],
  'review/Margin': [{ props: { review: review() } }],
  'review/Text': [
    { props: { review: review() } },
    { props: { review: review({ spoiler: true }) }, press: ['summary'] },
  ],
  'review/Opening': [{ props: { review: review({ correctedAt: at, spoiler: true }) } }],
  'review/Archived': [
    {},
    { by: 'critic' as const },
    { by: 'editor' as const },
    { erased: true as const, reason: 'Its text was erased.' },
  ].map(given => ({
    props: {
      archived: {
        ...review(),
        withdrawn: true,
        headline: 'Everyone in Vienna',
        reason: 'Wrong.',
        archivedAt: at,
        ...given,
      },
    },
  })),
  'subscribe/Matched': [
    {
      props: { fields: { genres: [] } },
      answers: {
        'GET /api/subscriptions/matched': {
          items: [card()],
          asked: 'everything',
          often: 'at once',
        },
      },
    },
  ],
  'subscribe/Wants': [
    { props: { fields: {} }, answers: { 'GET /api/subscriptions/choices': CHOICES } },
    { props: BROKEN_WANTS, answers: { 'GET /api/subscriptions/choices': CHOICES } },
  ],
}
