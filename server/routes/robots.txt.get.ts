/** GET /robots.txt: crawlers may read everything that is public, those that train models only if the site allows it; also names the sitemap. */
import { defineEventHandler } from 'h3'
import { settings } from '../config/settings'
import { answerCacheable } from '../http/answer/answer-cacheable'

/** Those that collect texts for language models, as their makers name them. Crawlers of search engines are not among them. */
const AI_CRAWLERS = [
  'AI2Bot',
  'Amazonbot',
  'anthropic-ai',
  'Applebot-Extended',
  'Bytespider',
  'CCBot',
  'ClaudeBot',
  'cohere-ai',
  'cohere-training-data-crawler',
  'Diffbot',
  'FacebookBot',
  'Google-Extended',
  'GPTBot',
  'ICC-Crawler',
  'img2dataset',
  'meta-externalagent',
  'omgili',
  'PanguBot',
  'Timpibot',
  'webzio-extended',
]
const PRIVATE = ['/editor', '/setup', '/sign-in', '/search?', '/subscribe/']

export default defineEventHandler(event => {
  const { siteUrl, aiCrawlers } = settings()
  const groups = [
    group(['*'], PRIVATE),
    ...(aiCrawlers === 'deny' ? [group(AI_CRAWLERS, ['/'])] : []),
    `Sitemap: ${siteUrl}/sitemap.xml\n`,
  ]
  return answerCacheable(event, groups.join('\n'), 'text/plain')
})

const group = (agents: string[], closed: string[]) =>
  [
    ...agents.map(agent => `User-agent: ${agent}\n`),
    ...closed.map(path => `Disallow: ${path}\n`),
  ].join('')
