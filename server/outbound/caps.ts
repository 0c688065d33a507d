/** Limits how much another machine can make us read. */

/** The answer's body exceeded the cap; what was read is thrown away. */
export class AnswerTooLong extends Error {
  constructor(maxBytes: number) {
    super(`the answer is longer than ${maxBytes} bytes`)
    this.name = 'AnswerTooLong'
  }
}

/**
 * The same answer, with a body that fails with AnswerTooLong once more than `maxBytes` were read
 * (after decompression, which stops zip bombs).
 */
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
