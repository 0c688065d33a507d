/** Parses a review as it is typed, beside the page, so that a long one does not hold up the keys. */
import { parseReview } from '~/shared/markdown/parse'

addEventListener('message', ({ data }: MessageEvent<string>) => {
  try {
    postMessage({ tree: parseReview(data) })
  } catch (error) {
    postMessage({ problem: (error as Error).message })
  }
})
