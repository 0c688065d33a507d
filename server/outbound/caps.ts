/** Limits on what another machine may make us read. */

/** The answer's body grew beyond the cap; what was read is thrown away. */
export class AnswerTooLong extends Error {
  constructor(maxBytes: number) {
    super(`the answer is longer than ${maxBytes} bytes`)
    this.name = 'AnswerTooLong'
  }
}

/** The same answer, whose body fails with AnswerTooLong once more than `maxBytes` were read (after decompression, so a small bomb does not pass). */
export function capped(answer: Response, maxBytes: number): Response {
  let seen = 0
  const body = answer.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen += chunk.byteLength
        if (seen > maxBytes) controller.error(new AnswerTooLong(maxBytes))
        else controller.enqueue(chunk)
      },
    }),
  )
  return new Response(body, {
    status: answer.status,
    statusText: answer.statusText,
    headers: answer.headers,
  })
}
