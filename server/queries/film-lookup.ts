/** Finds films by the part of a title typed so far; needs no network. */
import MiniSearch, { type SearchOptions } from 'minisearch'
import { foldText } from '../../shared/fold-text'
import { movieId, parseMovie } from '../../shared/movie-id'
import { slugOf } from '../../shared/slug'
import type { Movie } from '../../shared/types/review'
import type { Views } from './tables'

export type Film = Pick<
  Movie,
  'id' | 'title' | 'genres' | 'director' | 'minutes' | 'imdbId' | 'ratio'
> & { year?: number }

const MOST = 10

/**
 * At most ten, best first: titles that begin like this, then titles with all these words, then
 * similar spellings; in each group, films reviewed here come first. A year after the title ("King
 * Kong (1933)") narrows the search.
 */
export async function lookUp(views: Views, typed: string): Promise<Film[]> {
  const { title, year } = parseMovie(typed)
  const query = plainWords(title)
  if (!query) return []
  const [ours, others] = await Promise.all([reviewed(views, title), catalogue()])
  const films = new Map([...others.find(query), ...ours].map(film => [film.id, film]))
  const known = new Set(ours.map(film => film.id))
  const ranked = [...films.values()]
    .map(film => ({ film, rank: rankOf(film, query) + (known.has(film.id) ? 0 : 0.5) }))
    .sort((a, b) => a.rank - b.rank)
  const ofYear = ranked.filter(({ film, rank }) => film.year === year && rank < ALMOST)
  return (ofYear.length ? ofYear : ranked).slice(0, MOST).map(({ film }) => film)
}

const ALMOST = 3

/**
 * 0: the title itself, 1: it begins like this, 2: it has all these words, 3: a similar spelling.
 */
function rankOf({ title }: Film, query: string): number {
  const folded = plainWords(title)
  const plain = folded.replace(ARTICLE, '')
  const words = folded.split(' ')
  if (folded === query || plain === query.replace(ARTICLE, '')) return 0
  if (folded.startsWith(query) || plain.startsWith(query)) return 1
  return query.split(' ').every(word => words.some(own => own.startsWith(word))) ? 2 : ALMOST
}

const ARTICLE = /^(?:the|an?|le|la|les|l|der|die|das|el|il) (?=.)/

/** Folded, without apostrophes and punctuation: "Amélie!" → "amelie". */
const plainWords = (text: string) =>
  foldText(text)
    .replaceAll("'", '')
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()

/** Matches ids too: they are titles in plain letters, so accents do not matter here either. */
async function reviewed(views: Views, title: string): Promise<Film[]> {
  const like = (text: string) => `%${text.replace(/[%_\\]/g, '')}%`
  const rows = await views
    .selectFrom('movies')
    .select(eb => ['movie', eb.fn.max('position').as('newest')]) // with one max(), SQLite takes bare columns from the row that has it
    .where(eb =>
      eb.or([eb('movie_id', 'like', like(slugOf(title))), eb('title', 'like', like(title))]),
    )
    .groupBy('movie_id')
    .limit(5 * MOST)
    .execute()
  return rows.map(row => asFilm(JSON.parse(row.movie)))
}

const asFilm = ({ id, title, year, genres, director, minutes, imdbId, ratio }: Film): Film => ({
  id,
  title,
  year,
  genres,
  director,
  minutes,
  imdbId,
  ratio,
})

/** Short words and numbers must be spelt correctly. */
function slipsAllowed(term: string): number {
  if (term.length < 4 || /\d/.test(term)) return 0
  return term.length < 8 ? 1 : 2
}

interface Catalogue {
  find: (query: string) => Film[]
}

let loading: Promise<Catalogue> | undefined
const catalogue = () => (loading ??= load())

async function load(): Promise<Catalogue> {
  const { default: packed } = await import('#films')
  const index = new MiniSearch<{ id: number; title: string }>({
    fields: ['title'],
    processTerm: term => plainWords(term) || null,
  })
  index.addAll(packed.map(([title], id) => ({ id, title: plainWords(title) })))
  const options = {
    prefix: true,
    fuzzy: slipsAllowed,
    combineWith: 'AND',
  } satisfies SearchOptions
  const filmOf = ([title, year, genres, director, minutes]: (typeof packed)[number]): Film => ({
    id: movieId(title, year),
    title,
    year,
    genres,
    ...(director && { director }),
    ...(minutes && { minutes }),
  })
  // In the catalogue's order, best known first, which decides among films of equal rank.
  return {
    find: query =>
      index
        .search(query, options)
        .map(hit => hit.id as number)
        .sort((a, b) => a - b)
        .map(id => filmOf(packed[id]!)),
  }
}
