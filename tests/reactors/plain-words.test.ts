/** Signs in titles and names stay plain text on every network: nobody is mentioned, nothing is formatted. */
import { expect, it } from 'vitest'
import type { Reactor } from '../../server/delivery/contract/define-reactor'
import discord from '../../server/reactors/discord'
import instagram from '../../server/reactors/instagram'
import mastodon from '../../server/reactors/mastodon'
import x from '../../server/reactors/x'
import { sampleReview } from '../support/sample-review'

const SETTINGS: Record<string, Record<string, string>> = {
  instagram: { url: 'https://graph.instagram.com/v26.0' },
  mastodon: { url: 'https://mastodon.example' },
  x: { link: 'post' },
  discord: { url: 'https://discord.com/api/webhooks/1/a' },
}
const review = sampleReview({
  title: '@Suicide Room',
  summary: 'Ask @everyone about $TSLA; write to me@example.com.',
  critic: { id: 'c', name: 'Ann @home' },
  movie: { ...sampleReview().movie, title: 'The $treet' },
  tags: [],
})
const say = async (reactor: unknown, text?: string) => {
  const part = reactor as Reactor
  const about = { settings: SETTINGS[part.name]!, siteUrl: 'https://mymovies.example', text }
  return (await part.render!(review, about))!.say!
}

it.each([
  ['x', x],
  ['mastodon', mastodon],
  ['instagram', instagram],
])('%s takes no name and no ticker out of our own words', async (_, reactor) => {
  const said = await say(reactor)
  expect(said).not.toMatch(/\B@\w|\$[a-z]/i)
  expect(said.replaceAll('\u200B', '')).toContain('@Suicide Room')
  expect(said).toContain('me@example.com')
  expect(said.replaceAll('\u200B', '')).toContain('The $treet')
})

it.each([
  ['x', x],
  ['mastodon', mastodon],
  ['instagram', instagram],
  ['discord', discord],
])("%s keeps a name that the critic's own line is about", async (_, reactor) => {
  expect(await say(reactor, 'Ask @ann about it.')).toContain('Ask @ann about it.')
})
