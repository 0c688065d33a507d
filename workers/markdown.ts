/** Parses a review in a worker while it is typed, so that a long text does not slow down typing. */
import { parseReview } from '~/shared/markdown/parse'

addEventListener('message', ({ data }: MessageEvent<string>) => {
  try {
    postMessage({ tree: parseReview(data) })
  } catch (error) {
    postMessage({ problem: (error as Error).message })
  }
})
