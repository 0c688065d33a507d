/** An erased review: its words stand in no file of the data folder, no export and no later backup, and everything else goes on. */
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Caller, caller, makeOwner, OWNER, withToken } from '../support/account'
import { alive, atTheDesk } from '../support/desk'
import { mymovies } from '../support/mymovies'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

/** Words that are in no other text; the title's are in the address too. */
const WORDS = {
  title: 'Zanzibarquux',
  film: 'Quuxfilmography',
  summary: 'Summarizzled',
  body: 'Flabbergastrix',
  tag: 'tagglewort',
  note: 'Notabenefix',
  reason: 'Reasonabloid',
  draft: 'Draftimagination',
  words: 'Wordsmithery',
}

let server: TestServer
let owner: Caller
let before: string
const folder = mkdtempSync(join(tmpdir(), 'mymovies-erase-'))
beforeAll(async () => {
  server = await startServer({ dataDir: join(folder, 'data') })
  owner = await makeOwner(server.url)
  await publish(owner, { movie: { title: 'Stays', year: 1931, genres: ['Drama'] } })
})
afterAll(async () => {
  await server?.kill()
  rmSync(folder, { recursive: true })
})

/** The files below a folder that hold one of the words, in whatever capitals. */
function filesWithWords(where: string): string[] {
  const words = Object.values(WORDS).map(word => word.toLowerCase())
  return globSync('**/*', { cwd: where }).flatMap(name => {
    const file = join(where, name)
    if (!statSync(file).isFile()) return []
    const text = readFileSync(file, 'latin1').toLowerCase()
    return words.filter(word => text.includes(word)).map(word => `${name}: ${word}`)
  })
}

/** A review with everything that somebody may write about one. */
async function written(): Promise<{ id: string; slug: string }> {
  const { id } = (
    await owner('/api/reviews', {
      body: {
        title: `${WORDS.title} is back`,
        movie: { title: WORDS.film, year: 1949, genres: ['Thriller'] },
        rating: 3,
        summary: `It ${WORDS.summary} everybody.`,
        body: `A ${WORDS.body} came to town.\n\nAnd "left" again, as he does in every film.`,
        tags: [WORDS.tag],
      },
    })
  ).body
  const { slug } = (
    await owner(`/api/reviews/${id}/publish`, { body: { parts: { x: { text: WORDS.words } } } })
  ).body
  await owner(`/api/reviews/${id}/fix`, { body: { summary: `${WORDS.summary}, all of them.` } })
  await owner(`/api/reviews/${id}/correct`, { body: { rating: 4, note: `${WORDS.note}, four.` } })
  await owner(`/api/reviews/${id}`, {
    method: 'PATCH',
    body: { body: `Another ${WORDS.draft} that was never published.` },
  })
  return { id, slug }
}

const erase = (id: string, title: string, ask = owner) =>
  ask(`/api/reviews/${id}/erase`, { body: { title } })

describe('erasing a review', () => {
  let id: string
  let slug: string
  let position: number
  beforeAll(async () => {
    ;({ id, slug } = await written())
    before = join(folder, 'before')
  }, 30_000)

  it('is refused while it is public, for others than owners, and without its title', async () => {
    expect(await erase(id, `${WORDS.title} is back`)).toMatchObject({
      status: 409,
      body: { detail: 'Only an archived review can be erased.' },
    })
    await owner(`/api/reviews/${id}/archive`, { body: { reason: `${WORDS.reason}, sorry.` } })
    expect(await erase(id, 'Another title')).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'title' }] },
    })
    expect((await erase(id, 'x', await withToken(server.url, owner, ['reviews']))).status).toBe(403)
    expect((await erase(id, 'x', caller(server.url))).status).toBe(401)
    expect((await erase('nobody', 'x')).status).toBe(404)
    expect((await owner(`/api/reviews/${id}/restore`, { body: {} })).status).toBe(202)
    await owner(`/api/reviews/${id}/archive`, { body: { reason: `${WORDS.reason}, sorry.` } })
    expect(await mymovies(server.dataDir, 'backup', before)).toMatchObject({ code: 0 })
  })

  it('leaves none of its words in any file of the data folder', async () => {
    expect(filesWithWords(server.dataDir)).not.toEqual([])
    const erased = await erase(id, `${WORDS.title} is back`)
    expect(erased).toMatchObject({ status: 202, body: { id, status: 'archived' } })
    position = erased.body.event.position
    expect(filesWithWords(server.dataDir)).toEqual([])
  })

  it('nor in an export, nor in a later backup', async () => {
    const later = join(folder, 'later')
    expect(await mymovies(server.dataDir, 'backup', join(later, 'backup'))).toMatchObject({
      code: 0,
    })
    expect(await mymovies(server.dataDir, 'export', join(later, 'log.ndjson'))).toMatchObject({
      code: 0,
    })
    expect(filesWithWords(later)).toEqual([])
    expect(filesWithWords(before)).not.toEqual([])
  })

  it('keeps the chain whole, and says what is sealed and erased', async () => {
    expect(await mymovies(server.dataDir, 'verify')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/the hash chain is intact\ntexts: \d+ sealed, 5 erased\n/),
    })
  })

  it('answers its old address, its new one and its id with 410', async () => {
    const { body: shown } = await owner(`/api/reviews/${id}`)
    expect(shown.slug).toMatch(/^erased-[0-9a-f]{32}$/)
    for (const address of [slug, shown.slug, id]) {
      const { status, body } = await owner(`/api/reviews/${address}`)
      expect(status, address).toBe(410)
      expect(body).toMatchObject({
        id,
        withdrawn: true,
        erased: true,
        reason: 'Its text was erased.',
      })
    }
    const page = await fetch(`${server.url}/reviews/${slug}`)
    expect(page.status).toBe(410)
    const html = await page.text()
    expect(html).toContain('Its text was erased')
    for (const word of Object.values(WORDS)) expect(html, word).not.toContain(word)
  })

  it('cannot be restored, published or changed, and erasing it again changes nothing', async () => {
    for (const act of ['restore', 'publish'])
      expect((await owner(`/api/reviews/${id}/${act}`, { body: {} })).status, act).toBe(409)
    expect((await owner(`/api/reviews/${id}/fix`, { body: { title: 'New' } })).status).toBe(409)
    // A page that is still open must not bring the text back.
    const saved = await owner(`/api/reviews/${id}`, { method: 'PATCH', body: { body: WORDS.body } })
    expect(saved).toMatchObject({
      status: 409,
      body: { detail: 'The text of this review was erased.' },
    })
    expect(filesWithWords(server.dataDir)).toEqual([])
    expect(await erase(id, 'whatever')).toMatchObject({ status: 200 })
  })

  it('is in no list, feed, search or history', async () => {
    for (const path of [
      '/',
      '/api/reviews',
      '/api/movies',
      '/feed.xml',
      '/atom.xml',
      '/feed.json',
      `/api/search?q=${WORDS.body}`,
      `/api/movies/lookup?q=${WORDS.film}`,
      `/api/reviews/${id}/history`,
      `/api/desk/reviews/${id}`,
      '/api/desk/reviews',
      `/api/desk/reviews/${id}/revisions`,
      '/api/events?shape=fat',
      '/sitemap.xml',
    ]) {
      const { status, body } = await owner(path)
      expect(status, path).toBe(200)
      const text = JSON.stringify(body).toLowerCase()
      const query = /q=(\w+)/.exec(path)?.[1]
      for (const word of Object.values(WORDS))
        if (word !== query)
          expect(text.includes(word.toLowerCase()), `${path}: ${word}`).toBe(false)
    }
  })

  it('is told to outsiders, who may keep a copy', async () => {
    const { body } = await owner(`/api/events?after=${position - 1}&shape=fat`)
    expect(body).toMatchObject([
      {
        type: 'com.mymovies.review.erased.v1',
        subject: id,
        data: { id, withdrawn: true },
      },
    ])
  })

  it('gives the same answers after a rebuild, and others are still found', async () => {
    const paths = [
      '/api/reviews',
      `/api/reviews/${id}`,
      '/api/search?q=vienna',
      '/api/movies',
      `/api/desk/reviews/${id}`,
      `/api/reviews/${id}/history`,
    ]
    const answers = async () => Promise.all(paths.map(async path => (await owner(path)).body))
    const live = await answers()
    expect(live[2].items).toHaveLength(1)
    await server.stop()
    expect(await mymovies(server.dataDir, 'rebuild')).toMatchObject({ code: 0 })
    server = await startServer({ dataDir: server.dataDir, port: Number(new URL(server.url).port) })
    expect(await answers()).toEqual(live)
    expect(filesWithWords(server.dataDir)).toEqual([])
  }, 60_000)

  it('does not come back with an older backup', async () => {
    const restored = join(folder, 'restored')
    onTestFinished(() => rmSync(restored, { recursive: true }))
    expect((await mymovies(restored, 'restore', before)).output).toMatch(/erased-reviews\.txt/)
    const list = readFileSync(join(server.dataDir, 'erased-reviews.txt'))
    expect(String(list)).toBe(`${id}\n`)
    writeFileSync(join(restored, 'erased-reviews.txt'), list)
    const again = await startServer({ dataDir: restored })
    onTestFinished(async () => {
      await again.stop()
    })
    await expect.poll(() => filesWithWords(restored), { timeout: 15_000 }).toEqual([])
    expect((await fetch(`${again.url}/api/reviews/${slug}`)).status).toBe(410)
  }, 60_000)
})

it('is a button at the desk for owners, who type the title first', async () => {
  const { id } = await written()
  await owner(`/api/reviews/${id}/archive`, { body: { reason: WORDS.reason } })
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/${id}`)
  await alive(page)
  await page.getByText('Erase for good', { exact: true }).first().click()
  const erase = page.getByRole('button', { name: 'Erase for good' })
  expect(await erase.isDisabled()).toBe(true)
  if (process.env.LOOK)
    await page.screenshot({ path: `${process.env.LOOK}/erase.png`, fullPage: true })
  await page.getByLabel(/Type the title to confirm/).fill(`${WORDS.title} is back`)
  await erase.click()
  await page.getByText('Nothing of it is left').waitFor()
  if (process.env.LOOK)
    await page.screenshot({ path: `${process.env.LOOK}/erased.png`, fullPage: true })
  await expect.poll(() => filesWithWords(server.dataDir)).toEqual([])
  await page.context().close()
}, 60_000)

describe('the command', () => {
  it('erases while the server runs, which shows it at once', async () => {
    const { id, slug } = await written()
    const refused = await mymovies(server.dataDir, 'erase', id)
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringContaining('Only an archived review can be erased; this one is public.'),
    })
    await owner(`/api/reviews/${id}/archive`, { body: { reason: WORDS.reason } })
    expect((await owner(`/reviews/${slug}`)).body).toContain(WORDS.title)
    expect(await mymovies(server.dataDir, 'erase', id)).toMatchObject({ code: 0 })
    expect(filesWithWords(server.dataDir)).toEqual([])
    await expect
      .poll(async () => (await owner(`/reviews/${slug}`)).body, { timeout: 5000 })
      .not.toContain(WORDS.title)
    expect((await owner(`/reviews/${slug}`)).status).toBe(410)
  }, 30_000)

  it.each([
    [[], 2, /^Which one\?/],
    [['nobody'], 1, /^There is no review nobody\.$/m],
  ])('%j is answered with one line', async (args, code, message) => {
    const { output, ...answer } = await mymovies(server.dataDir, 'erase', ...args)
    expect(answer).toEqual({ code })
    expect(output).toMatch(message)
  })
})
