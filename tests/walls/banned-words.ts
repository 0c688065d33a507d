/** Words that no name in our code may contain, what to say instead, and the few exceptions. Patterns match names split into words: `dead letters`. */

interface Banned {
  pattern: RegExp
  instead: string
  /** In bench/ and tests/ too, where a far side may have its own words for the rest. */
  everywhere?: true
}

export const BANNED: Banned[] = [
  { pattern: /\bfacts?\b/, instead: 'event' },
  {
    pattern: /\bwithdr[ae]w\w*\b/,
    instead: 'archived; takeDown for a post',
  },
  {
    pattern: /\bstandings?\b/,
    instead: 'what it is: partHealth, partStatus, refusals, or the rows that are there',
  },
  {
    pattern: /\bsettl\w+\b/,
    instead: 'what it is: resolved (an alert), outcome (a delivery), done',
  },
  { pattern: /\bhouses?\b/, instead: 'site, app or server', everywhere: true },
  { pattern: /\bwish(?:es)?\b/, instead: 'wants', everywhere: true },
  { pattern: /\bfore(?:seen|told|tell)\b/, instead: 'preview', everywhere: true },
  { pattern: /\bmanagers?\b/, instead: 'what it does' },
  { pattern: /\bservices?\b/, instead: 'what it does; pushOrigin for a push service' },
  { pattern: /\bhelpers?\b/, instead: 'what it does' },
  { pattern: /\butils?\b/, instead: 'what it does' },
  { pattern: /\bprocessors?\b/, instead: 'what it does' },
  { pattern: /\bhandler2\b/, instead: 'what differs' },
  { pattern: /\binfos?\b/, instead: 'what it says' },
  { pattern: /. data$/, instead: 'what it is' },
]

interface Exception {
  name: RegExp
  in: RegExp
  why: string
}

export const EXCEPT: Exception[] = [
  { name: /^allSettled$/, in: /./, why: 'Promise.allSettled' },
  {
    name: /^(?:formData|FormData|useAsyncData|workerData|onResponseData|clipboardData|getData)$/,
    in: /./,
    why: 'names of Node, h3, undici, Nuxt and the DOM',
  },
  { name: /^pageInfo$/, in: /^server\/graphql\//, why: "Relay's name for it" },
  { name: /^setResultProcessor$/, in: /^server\/graphql\//, why: 'a name of graphql-yoga' },
  { name: /^settled_at$/, in: /./, why: 'a column of the alerts; renaming it is a migration' },
  {
    name: /^(?:0003-part-standing|partStanding)$/,
    in: /^server\/db\/migrations\//,
    why: 'a migration that has run keeps its name',
  },
  {
    name: /^withdrawn$/,
    in: /^shared\/(?:types\/(?:notice|review)|schemas\/answers\/(?:notice|review)|notice)\.ts$|^server\/(?:review\/public-review|graphql\/types\/event)\.ts$/,
    why: 'the field of the notice and of the 410 answer that outsiders read',
  },
  {
    name: /^settled$/,
    in: /\/run-sheet(?:\/run-sheet)?\.ts$|^shared\/schemas\/answers\/deliveries\.ts$/,
    why: 'a field of what GET /api/reviews/:id/deliveries answers',
  },
  {
    name: /^services$/,
    in: /^server\/channels\/activitypub\/documents\/nodeinfo/,
    why: 'NodeInfo calls it so',
  },
  {
    name: /services?$/i,
    in: /\/push\/|^server\/outbound\//,
    why: 'RFC 8030 calls it a push service',
  },
  {
    name: /^service/,
    in: /^server\/(?:reactors\/bluesky|reactor-kit\/atproto)/,
    why: 'NUXT_BLUESKY_SERVICE; the AT Protocol calls it a service',
  },
  { name: /info$/i, in: /\/push\/seal\.ts$/, why: 'RFC 8188 derives its keys from an "info"' },
  {
    name: /^info$/,
    in: /^server\/contracts\//,
    why: 'OpenAPI and AsyncAPI call what a document is about its "info"',
  },
  { name: /^pageInfo$/, in: /^server\/graphql\//, why: "Relay's name for it" },
  { name: /^setResultProcessor$/, in: /^server\/graphql\//, why: "GraphQL Yoga's name for it" },
  { name: /^info$/, in: /^server\/media\/uploads\//, why: "sharp's name for what it made" },
]
