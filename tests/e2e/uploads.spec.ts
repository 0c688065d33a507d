/** Poster uploads to the built server. */
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bomb, photo, refused, SVG } from '../media/uploads/pictures'
import { type Caller, makeOwner, withToken } from '../support/account'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let authorization: string
beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
  const made = await owner('/api/tokens', { body: { name: 'a script', scopes: ['reviews'] } })
  authorization = `Bearer ${made.body.token}`
})
afterAll(() => server.kill())

async function send(form: FormData, headers: Record<string, string> = { authorization }) {
  const answer = await fetch(`${server.url}/api/uploads`, { method: 'POST', body: form, headers })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}
function formWith(
  bytes: Buffer | string,
  name = 'poster.jpg',
  type = 'image/jpeg',
  field = 'file',
) {
  const form = new FormData()
  form.append(
    field,
    new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name, { type }),
  )
  return form
}

describe('a poster', () => {
  it('is kept and served under a name derived from its content', async () => {
    const file = await photo(300, 200).png().toBuffer()
    const first = await send(formWith(file, '../../../etc/passwd', 'text/html'))
    expect([first.status, first.body]).toEqual([
      201,
      { url: expect.stringMatching(/^\/uploads\/[0-9a-f]{32}\.webp$/), width: 300, height: 200 },
    ])
    expect((await send(formWith(file))).body).toEqual(first.body)

    for (const [path, type] of [
      [first.body.url, 'image/webp'],
      [first.body.url.replace('.webp', '.jpg'), 'image/jpeg'],
    ]) {
      const served = await fetch(server.url + path)
      const bytes = await served.arrayBuffer()
      expect(
        Object.fromEntries(
          ['content-type', 'cache-control', 'x-content-type-options', 'content-length'].map(
            name => [name, served.headers.get(name)],
          ),
        ),
      ).toEqual({
        'content-type': type,
        'cache-control': 'private, no-cache',
        'x-content-type-options': 'nosniff',
        'content-length': String(bytes.byteLength),
      })
      expect(served.headers.get('content-security-policy')).toContain("default-src 'none'")
      const again = await fetch(server.url + path, {
        headers: { 'if-none-match': served.headers.get('etag')! },
      })
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
      const head = await fetch(server.url + path, { method: 'HEAD' })
      expect([head.status, head.headers.get('content-length')]).toEqual([
        200,
        String(bytes.byteLength),
      ])
    }
    expect(
      readdirSync(join(server.dataDir, 'uploads')).every(name =>
        /^[0-9a-f]{32}\.(?:webp|jpg)$/.test(name),
      ),
    ).toBe(true)
  })

  it('sent twice with one key is stored once', async () => {
    const headers = { authorization, 'idempotency-key': 'poster-1' }
    const file = await photo(20, 20).png().toBuffer()
    const other = await photo(21, 20).png().toBuffer()
    expect((await send(formWith(file), headers)).status).toBe(201)
    const again = await send(formWith(file), headers)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect((await send(formWith(other), headers)).status).toBe(422)
  })

  it('can be put on a review', async () => {
    const { body } = await send(formWith(await photo(40, 60).jpeg().toBuffer()))
    const made = await owner('/api/reviews', {
      body: {
        title: 'A poster',
        movie: { title: 'M', year: 1931, poster: { url: body.url, alt: 'A chalked M' } },
        rating: 5,
      },
    })
    expect(made.status).toBe(201)
  })
})

describe('a poster that was public', () => {
  let serial = 0
  const film = (title: string, more = {}) => ({ title, year: 1952, genres: ['Drama'], ...more })
  async function upload() {
    const { body } = await send(
      formWith(
        await photo(30 + ++serial, 40)
          .png()
          .toBuffer(),
      ),
    )
    return { url: body.url as string, alt: 'A man on a swing' }
  }
  async function published(movie: object) {
    const { body } = await owner('/api/reviews', { body: { title: 'A swing', movie, rating: 5 } })
    expect((await owner(`/api/reviews/${body.id}/publish`, { body: {} })).status).toBe(202)
    return body.id as string
  }
  const get = (path: string) => fetch(server.url + path)
  const statusesOf = async ({ url }: { url: string }) =>
    Promise.all([url, url.replace('.webp', '.jpg')].map(async path => (await get(path)).status))

  /** Everything that strangers can read about a film. */
  async function everywhere(...paths: string[]) {
    const all = ['/', '/feed.xml', '/atom.xml', '/feed.json', '/api/reviews', '/movies', ...paths]
    return (await Promise.all(all.map(async path => (await get(path)).text()))).join('\n')
  }

  it('is off every page, feed and address once an edit takes it off, the director too', async () => {
    const poster = await upload()
    const id = await published(film('Ikiru', { poster, director: 'Akira K.' }))
    const places = ['/movies/ikiru-1952', '/api/movies/ikiru-1952', `/api/reviews/${id}`]
    expect(await everywhere(...places)).toContain(poster.url)
    expect((await get(poster.url)).headers.get('cache-control')).toBe(
      'public, max-age=60, must-revalidate',
    )
    const fixed = await owner(`/api/reviews/${id}/fix`, { body: { movie: film('Ikiru') } })
    expect(fixed.status).toBe(202)
    const left = await everywhere(...places)
    expect(left).not.toContain(poster.url)
    expect(left).not.toContain('Akira K.')
    expect(await statusesOf(poster)).toEqual([410, 410])
  })

  const filesOf = ({ url }: { url: string }) =>
    readdirSync(join(server.dataDir, 'uploads')).filter(name => name.includes(url.slice(9, 41)))

  it('that a correction took off is gone from the disk too, for the desk as well, and may come again', async () => {
    const bytes = await photo(91, 40).png().toBuffer()
    const poster = { url: (await send(formWith(bytes))).body.url as string, alt: 'A man' }
    const id = await published(film('Scandal', { poster }))
    expect(filesOf(poster)).toHaveLength(2)
    const note = 'That was another film.'
    await owner(`/api/reviews/${id}/correct`, { body: { movie: film('Scandal'), note } })
    expect(filesOf(poster)).toEqual([])
    expect([await statusesOf(poster), (await owner(poster.url)).status]).toEqual([[410, 410], 410])
    const again = await owner(`/api/reviews/${id}/fix`, {
      body: { movie: film('Scandal', { poster }) },
    })
    expect([again.status, again.body.errors]).toEqual([
      422,
      [{ path: 'movie.poster.url', message: 'is no longer there: upload it again' }],
    ])
    expect((await send(formWith(bytes))).status).toBe(201)
    await owner(`/api/reviews/${id}/fix`, { body: { movie: film('Scandal', { poster }) } })
    expect(await statusesOf(poster)).toEqual([200, 200])
  })

  it('stays on the disk while another review, an archived one or a draft has it', async () => {
    const without = async (id: string, title: string) =>
      owner(`/api/reviews/${id}/fix`, { body: { movie: film(title) } })
    const [first, second, third] = [await upload(), await upload(), await upload()]
    const ids = await Promise.all(
      [first, second, third].map(poster => published(film('Yojimbo', { poster }))),
    )
    await published(film('Sanjuro', { poster: first }))
    const archived = await published(film('Sanjuro', { poster: second }))
    await owner(`/api/reviews/${archived}/archive`, { body: { reason: 'Wrong cut.' } })
    const draft = { title: 'A swing', movie: film('Sanjuro', { poster: third }), rating: 5 }
    const { body } = await owner('/api/reviews', { body: draft })
    for (const id of ids) await without(id, 'Yojimbo')
    expect([filesOf(first).length, filesOf(second).length, filesOf(third).length]).toEqual([
      2, 2, 2,
    ])
    await owner(`/api/reviews/${archived}/restore`, { body: {} })
    await owner(`/api/reviews/${body.id}/publish`, { body: {} })
    expect([await statusesOf(second), await statusesOf(third)]).toEqual([
      [200, 200],
      [200, 200],
    ])
  })

  it('of an archived review is gone with it, and the newest review left decides', async () => {
    const [first, second] = [await upload(), await upload()]
    await published(film('Ran', { poster: first }))
    const id = await published(film('Ran', { poster: second }))
    expect(await everywhere('/movies/ran-1952')).toContain(second.url)
    await owner(`/api/reviews/${id}/archive`, { body: { reason: 'Wrong cut.' } })
    const left = await everywhere('/movies/ran-1952', `/api/reviews/${id}`)
    expect(left).not.toContain(second.url)
    expect(left).toContain(first.url)
    expect([await statusesOf(first), await statusesOf(second)]).toEqual([
      [200, 200],
      [410, 410],
    ])
    await owner(`/api/reviews/${id}/restore`, { body: {} })
    expect(await statusesOf(second)).toEqual([200, 200])
  })

  it('can be taken down for good: from each review, the disk, and later uploads', async () => {
    const bytes = await photo(77, 40).png().toBuffer()
    const { body } = await send(formWith(bytes))
    const poster = { url: body.url as string, alt: 'A man' }
    const ids = [
      await published(film('Dodes', { poster })),
      await published(film('Kagemusha', { poster })),
    ]
    await owner(`/api/reviews/${ids[1]}/archive`, { body: { reason: 'Wrong cut.' } })
    expect((await fetch(server.url + `/api${poster.url}`, { method: 'DELETE' })).status).toBe(401)
    expect((await owner(`/api${poster.url}`, { method: 'DELETE' })).status).toBe(204)
    expect((await owner(`/api${poster.url}`, { method: 'DELETE' })).status).toBe(204)
    expect((await owner(poster.url)).status).toBe(410)
    await owner(`/api/reviews/${ids[1]}/restore`, { body: {} })
    const places = ids.map(id => `/api/reviews/${id}`)
    expect(await everywhere(...places, '/movies/dodes-1952')).not.toContain(poster.url)
    const stem = poster.url.slice(9, 41)
    expect(readdirSync(join(server.dataDir, 'uploads')).join()).not.toContain(stem)
    expect((await send(formWith(bytes))).body.errors).toEqual([
      { path: 'file', message: 'was withdrawn for good and cannot be used again' },
    ])
  })

  it('goes for good with a review that is withdrawn for good', async () => {
    const poster = await upload()
    const id = await published(film('Dersu', { poster }))
    const archived = await owner(`/api/reviews/${id}/archive`, {
      body: { reason: 'It was not ours.', forGood: true },
    })
    expect(archived.status).toBe(202)
    expect((await owner(`/api/reviews/${id}/restore`, { body: {} })).status).toBe(409)
    expect((await owner(poster.url)).status).toBe(410)
    expect(await everywhere(`/api/reviews/${id}`, '/reviews/a-swing')).not.toContain(poster.url)
  })
})

describe('refused', () => {
  it('are strangers, and tokens without the scope', async () => {
    const form = () => formWith(SVG)
    expect((await send(form(), {})).status).toBe(401)
    const readers = await withToken(server.url, owner, ['readers'])
    expect((await readers('/api/uploads', { method: 'POST' })).status).toBe(403)
  })

  it.each(refused)('%s', async (_, file) => {
    const answer = await send(formWith(await file(), 'poster.png', 'image/png'))
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.body.errors?.[0].path,
    ]).toEqual([422, 'application/problem+json', 'file'])
  })

  it.each<[string, () => FormData, string]>([
    ['no field', () => new FormData(), 'is missing'],
    ['another field', () => formWith('x', 'a.jpg', 'image/jpeg', 'poster'), 'is missing'],
    [
      'text in the field',
      () => {
        const form = new FormData()
        form.append('file', 'x')
        return form
      },
      'is missing',
    ],
    [
      'two files',
      () => {
        const form = formWith('x')
        form.append('file', new File(['y'], 'b.jpg'))
        return form
      },
      'must be one picture',
    ],
  ])('%s', async (_, form, message) => {
    const answer = await send(form())
    expect([answer.status, answer.body.errors]).toEqual([422, [{ path: 'file', message }]])
  })

  it.each<[string, string, string | Buffer, number]>([
    ['JSON', 'application/json', '{}', 415],
    ['a form without its boundary', 'multipart/form-data', 'x', 415],
    ['a form that is none', 'multipart/form-data; boundary=x', 'hello', 400],
    [
      'a form cut off',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc',
      400,
    ],
    ['ten megabytes and more', 'multipart/form-data; boundary=x', Buffer.alloc(10_100_000), 413],
  ])('%s', async (_, type, body, status) => {
    const answer = await fetch(`${server.url}/api/uploads`, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json',
    ])
  })

  it('a file of ten megabytes and one byte, naming its field', async () => {
    const answer = await send(
      formWith(Buffer.concat([bomb(10, 10), Buffer.alloc(10_000_001 - bomb(10, 10).length)])),
    )
    expect([answer.status, answer.body.errors]).toEqual([
      413,
      [{ path: 'file', message: 'must be at most 10 MB' }],
    ])
  })

  it.each([
    '../log.sqlite',
    '..%2flog.sqlite',
    '%2e%2e%2flog.sqlite',
    '..\\log.sqlite',
    '..%5clog.sqlite',
    'a.webp',
    '0123456789abcdef0123456789abcdef.webp',
    '0123456789abcdef0123456789abcdef.webp%00.jpg',
    '',
    '.',
    '0123456789ABCDEF0123456789ABCDEF.webp',
  ])('the name %j', async name => {
    expect(await statusOf(`/uploads/${name}`)).toMatch(/ (?:404|400|301|302) /)
  })
})

/** Sends the path as written; fetch would normalise it. */
function statusOf(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, 'localhost', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
    )
    let heard = ''
    socket
      .on('data', bytes => {
        heard += bytes
      })
      .on('close', () => resolve(heard.split('\r\n')[0]!))
      .on('error', reject)
  })
}
