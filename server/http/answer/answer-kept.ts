/** Answers from the cache, or makes the answer and keeps it. */
import type { H3Event } from 'h3'
import { answer } from './answer'
import { useAnswers } from './cache'
import type { Content } from './representation'

/** `key` must name all that the content depends on, and nothing else. */
export async function answerKept(event: H3Event, key: string, make: () => Promise<Content>) {
  const answers = useAnswers()
  const known = await answers.find(key)
  if (known) return answer(event, known)
  const done = answers.begin(key)
  try {
    return await answer(event, done(await make()))
  } catch (error) {
    done()
    throw error
  }
}
