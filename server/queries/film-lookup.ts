/** Finds a film by what somebody has typed of its title so far; works without a network. */
import MiniSearch, { type SearchOptions } from 'minisearch'
import { movieId, parseMovie } from '../../shared/movie-id'
import { slugOf } from '../../shared/slug'
import type { Movie } from '../../shared/types/review'
import type { Views } from './tables'

export type Film = Pick<
  Movie,
  'id' | 'title' | 'genres' | 'director' | 'minutes' | 'imdbId' | 'ratio'
> & { year?: number }

const MOST = 10

/** At most ten, best first: titles that begin so, then titles with these words, then titles spelt almost so; those reviewed here before others. A year behind the title ("King Kong (1933)") narrows. */
export async function lookUp(views: Views, typed: string): Promise<Film[]> {
  const { title, year } = parseMovie(typed)
  const wanted = fold(title)
  if (!wanted) return []
  const [ours, others] = await Promise.all([reviewed(views, title), catalogue()])
  const films = new Map([...others.find(wanted), ...ours].map(film => [film.id, film]))
  const known = new Set(ours.map(film => film.id))
  const ranked = [...films.values()]
    .map(film => ({ film, rank: rankOf(film, wanted) + (known.has(film.id) ? 0 : 0.5) }))
    .sort((a, b) => a.rank - b.rank)
  const ofYear = ranked.filter(({ film, rank }) => film.year === year && rank < ALMOST)
  return (ofYear.length ? ofYear : ranked).slice(0, MOST).map(({ film }) => film)
}

const ALMOST = 3

/** 0 the title itself, 1 it begins so, 2 it has all these words, else it is spelt almost so. */
function rankOf({ title }: Film, wanted: string): number {
  const folded = fold(title)
  const plain = folded.replace(ARTICLE, '')
  const words = folded.split(' ')
  if (folded === wanted || plain === wanted.replace(ARTICLE, '')) return 0
  if (folded.startsWith(wanted) || plain.startsWith(wanted)) return 1
  return wanted.split(' ').every(word => words.some(own => own.startsWith(word))) ? 2 : ALMOST
}

const ARTICLE = /^(?:the|an?|le|la|les|l|der|die|das|el|il) (?=.)/

/** Lower case, without accents, apostrophes and signs: "Amélie!" → "amelie". */
const fold = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, '')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Their ids are their titles in plain letters, so that accents matter no more here than elsewhere. */
async function reviewed(views: Views, title: string): Promise<Film[]> {
  const like = (text: string) => `%${text.replace(/[%_\\]/g, '')}%`
  const rows = await views
    .selectFrom('movies')
    .select('movie')
    .where(eb => eb.or([eb('id', 'like', like(slugOf(title))), eb('title', 'like', like(title))]))
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

/** A short word, or a number, must be spelt right. */
function slipsAllowed(term: string): number {
  if (term.length < 4 || /\d/.test(term)) return 0
  return term.length < 8 ? 1 : 2
}

interface Catalogue {
  find: (wanted: string) => Film[]
}

let loading: Promise<Catalogue> | undefined
const catalogue = () => (loading ??= load())

async function load(): Promise<Catalogue> {
  const { default: packed } = await import('#films')
  const index = new MiniSearch<{ id: number; title: string }>({
    fields: ['title'],
    processTerm: term => fold(term) || null,
  })
  index.addAll(packed.map(([title], id) => ({ id, title: fold(title) })))
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
  // In the catalogue's order, the best known first: it decides among films of one rank.
  return {
    find: wanted =>
      index
        .search(wanted, options)
        .map(hit => hit.id as number)
        .sort((a, b) => a - b)
        .map(id => filmOf(packed[id]!)),
  }
}
