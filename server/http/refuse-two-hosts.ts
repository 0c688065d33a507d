/** Refuses a request that names two hosts: a proxy may have believed the other one (RFC 9112, 3.2). */
import type { RequestListener } from 'node:http'

/** Node keeps the first Host line and says nothing about the others, so they are counted here. */
export const refuseTwoHosts =
  (answer: RequestListener): RequestListener =>
  (request, response) => {
    const names = request.rawHeaders.filter((_, i) => i % 2 === 0)
    if (names.filter(name => name.toLowerCase() === 'host').length <= 1)
      return answer(request, response)
    response.writeHead(400, { 'content-type': 'application/problem+json', connection: 'close' })
    response.end(
      JSON.stringify({
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'The request has more than one Host header.',
      }),
    )
  }
