/** The sender of email, as people write it into NUXT_MAIL_FROM. */
import { expect, it } from 'vitest'
import { senderFrom } from '../../server/channels/mail/sender'
import { readSettings } from '../../server/config/settings'

const of = (NUXT_MAIL_FROM: string) => {
  const { name, address, domain } = senderFrom(readSettings({ NUXT_MAIL_FROM }))
  return [name, address, domain]
}

it.each([
  ['"The \\"Best\\" Films" <a@b.example>', 'The "Best" Films', 'a@b.example'],
  ['"Films, and more" <a@b.example>', 'Films, and more', 'a@b.example'],
  ["Kino d'Été <a@b.example>", "Kino d'Été", 'a@b.example'],
  ['"a@b" <a@b.example>', 'a@b', 'a@b.example'],
  ['Kino <rezensionen@bücher.example>', 'Kino', 'rezensionen@xn--bcher-kva.example'],
  ['reviews@映画.example', 'MyMovies', 'reviews@xn--liv394a.example'],
  ['reviews@localhost', 'MyMovies', 'reviews@localhost'],
])('%s', (written, name, address) =>
  expect(of(written)).toEqual([name, address, address.split('@')[1]]),
)

it.each(['Kino <kritiké@films.example>', 'отзывы@films.example', '映画@films.example'])(
  '%s is refused in a sentence',
  written =>
    expect(() => of(written)).toThrow(
      'NUXT_MAIL_FROM must have only ASCII letters before the @, because most mail servers refuse others',
    ),
)

it.each([
  'jo..hn@x.example',
  '.john@x.example',
  'john.@x.example',
  'A <a@b.example> <c@d.example>',
  'a b@c.example',
  'x: a@b.example;',
  'a@-b.example',
])('%s is no sender', written =>
  expect(() => of(written)).toThrow('NUXT_MAIL_FROM must be a mail address'),
)
