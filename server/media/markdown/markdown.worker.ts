/**
 * The thread that parses Markdown; it answers with the tree, or with the reason for refusing the
 * text.
 */
import { parentPort } from 'node:worker_threads'
import { TooDeep, TooLong } from '../../../shared/markdown/limits'
import { parseReview } from '../../../shared/markdown/parse'
import type { Answer } from './parse'

parentPort!.on('message', (markdown: string) => parentPort!.postMessage(read(markdown)))

function read(markdown: string): Answer {
  try {
    return { tree: parseReview(markdown) }
  } catch (error) {
    if (error instanceof TooDeep || error instanceof TooLong) return { refusal: error.message }
    throw error
  }
}
