/** A published review to test with; pass what matters, the rest is that of The Third Man. */
import type { PublicReview } from '../../shared/types/review'

export const sampleReview = (given: Partial<PublicReview> = {}): PublicReview => ({
  id: 'r-third-man',
  slug: 'everyone-in-vienna',
  url: 'https://mymovies.example/reviews/everyone-in-vienna',
  title: 'Everyone in Vienna is selling something',
  movie: { id: 'the-third-man-1949', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
  rating: 5,
  summary: 'Carol Reed tilts the city until the honest man slides off it.',
  body: 'Vienna.',
  tree: [{ t: 'p', c: [{ t: 'text', v: 'Vienna.' }] }],
  tags: [],
  spoiler: false,
  critic: { id: 'ines', name: 'Ines Okafor' },
  publishedAt: '2026-11-14T11:01:17.000Z',
  corrections: [],
  ...given,
})
