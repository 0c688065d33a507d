/** Example answers of the server to the desk; pass what matters, the rest is a review of The Third Man. */
import { vi } from 'vitest'
import { ref } from 'vue'
import { type Writing, writingOf } from '../../../shared/review/writing'
import type { DeskReview, PreviewedPart, PublishPreview } from '../../../shared/types/desk'
import type { PartState } from '../../../shared/types/part-state'
import type { ReviewAsOf } from '../../../shared/types/review-as-of'
import type { Line } from '../../../shared/types/run-sheet'
import type { ShownWebhook, WebhookPage } from '../../../shared/types/webhook'

const CONTENT = {
  title: 'Everyone in Vienna is selling something',
  movie: { id: 'the-third-man-1949', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
  rating: 5,
  summary: 'Carol Reed tilts the city until the honest man slides off it.',
  body: 'Vienna is a city of doors.',
  tags: [],
  spoiler: false,
}

export const writing = (given: Partial<Writing> = {}): Writing => ({
  ...writingOf(CONTENT),
  ...given,
})

export const draft = (given: Partial<DeskReview> = {}): DeskReview => ({
  id: 'r1',
  version: 3,
  status: 'draft',
  critic: { id: 'ines', name: 'Ines Okafor' },
  corrections: [],
  content: CONTENT,
  ...given,
})

export const publishedReview = (given: Partial<DeskReview> = {}): DeskReview =>
  draft({
    status: 'published',
    slug: 'everyone-in-vienna',
    url: 'https://mymovies.example/reviews/everyone-in-vienna',
    publishedAt: '2026-11-14T11:01:17.000Z',
    published: CONTENT,
    ...given,
  })

/** The commands of the writing page, which the panels only call. */
export const commands = () => ({
  busy: ref(false),
  trouble: ref(''),
  problems: ref<Record<string, string>>({}),
  refuse: vi.fn(),
  forget: vi.fn(),
  publish: vi.fn(async () => true),
  fix: vi.fn(async () => true),
  correct: vi.fn(async () => true),
  archive: vi.fn(async () => true),
  restore: vi.fn(async () => true),
  erase: vi.fn(async () => true),
  schedule: vi.fn(async () => true),
  unschedule: vi.fn(async () => true),
  discard: vi.fn(async () => true),
  bringBack: vi.fn(async () => true),
})

export const previewedPart = (given: Partial<PreviewedPart> = {}): PreviewedPart => ({
  part: 'mastodon',
  label: 'Mastodon',
  count: 1,
  unit: 'post',
  say: 'The Third Man, 5 of 5.',
  line: 'Go twice.',
  length: 22,
  limit: 500,
  ...given,
})

export const preview = (given: Partial<PublishPreview> = {}): PublishPreview => ({
  missing: [],
  empty: [],
  holdSeconds: 0,
  openPages: 3,
  parts: [previewedPart()],
  ...given,
})

export const runLine = (given: Partial<Line> = {}): Line => ({
  part: 'email',
  label: 'Email',
  state: 'Sent',
  unit: 'reader',
  told: 12,
  of: 12,
  after: 4.4,
  ...given,
})

export const part = (given: Partial<PartState> = {}): PartState => ({
  name: 'email',
  label: 'Email',
  kind: 'reactor',
  state: 'Following',
  listensTo: 3,
  checkpoint: 1204,
  head: 1204,
  lag: 0,
  rate: 0,
  ...given,
})

export const webhook = (given: Partial<ShownWebhook> = {}): ShownWebhook => ({
  id: 'w1',
  url: 'https://partner.example/hook',
  types: null,
  shape: 'thin',
  after: 12,
  state: 'active',
  owner: 'Ines Okafor',
  createdAt: '2026-11-14T11:01:17.000Z',
  ...given,
})

export const webhookPage = (given: Partial<WebhookPage> = {}): WebhookPage => ({
  ...webhook(),
  waiting: 0,
  givenUp: 0,
  deliveries: [],
  ...given,
})

export const reviewAsOf = (given: Partial<ReviewAsOf> = {}): ReviewAsOf => ({
  ...CONTENT,
  id: 'r1',
  critic: { id: 'ines', name: 'Ines Okafor' },
  asOf: 12,
  status: 'archived',
  event: {
    type: 'ReviewArchived',
    position: 12,
    version: 3,
    at: '2026-11-14T11:01:17.000Z',
    actor: 'Ines Okafor',
  },
  tree: [{ t: 'p', c: [{ t: 'text', v: 'Harry Lime arrives late.' }] }],
  corrections: [{ at: '2026-11-14T11:01:17.000Z', note: 'Four.', rating: { was: 5, is: 4 } }],
  archived: { reason: 'Wrong cut.', at: '2026-11-14T11:01:17.000Z' },
  spoiler: true,
  tags: ['noir'],
  scheduledFor: '2026-11-14T11:01:17.000Z',
  ...given,
})
