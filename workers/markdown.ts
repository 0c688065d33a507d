/** Parses a review in a worker while it is typed, so that a long text does not slow down typing. */
import { readReview } from '~/shared/markdown/parse'

addEventListener('message', ({ data }: MessageEvent<string>) => {
  try {
    postMessage(readReview(data))
  } catch (error) {
    postMessage({ problem: (error as Error).message })
  }
})
