/**
 * The 3,201 films of vega-datasets, cleaned up when the app is built: the file has accents in the
 * wrong encoding, years in the wrong century and articles at the wrong end.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { movieId } from '../../shared/movie-id'

/**
 * Title, year, genres, director ('' unknown), minutes (0 unknown); the films that most people have
 * rated come first.
 */
export type PackedFilm = [
  title: string,
  year: number,
  genres: string[],
  director: string,
  minutes: number,
]

interface Row {
  Title: string | number | null
  'Release Date': string
  'Major Genre': string | null
  'Creative Type': string | null
  Director: string | null
  'Running Time min': number | null
  'IMDB Votes': number | null
}

export function readFilms(): PackedFilm[] {
  const rows: Row[] = JSON.parse(readFileSync(join(packageFolder(), 'data/movies.json'), 'utf8'))
  const films = new Map<string, { film: PackedFilm; votes: number }>()
  for (const row of rows) {
    if (row.Title === null || row['Release Date'] === NO_DATE) continue
    const { title, year } = nameOf(String(row.Title), row['Release Date'])
    const film: PackedFilm = [
      title,
      year,
      genresOf(row),
      row.Director ?? '',
      row['Running Time min'] ?? 0,
    ]
    const id = movieId(title, year)
    const twin = films.get(id)
    const votes = row['IMDB Votes'] ?? 0
    films.set(
      id,
      twin
        ? { film: merged(twin.film, film), votes: Math.max(votes, twin.votes) }
        : { film, votes },
    )
  }
  return [...films.values()].sort((a, b) => b.votes - a.votes).map(({ film }) => film)
}

/** The package exports no data files, only its own code, which carries all of them. */
const packageFolder = () =>
  dirname(dirname(createRequire(import.meta.url).resolve('vega-datasets')))

const merged = (a: PackedFilm, b: PackedFilm): PackedFilm => [
  a[0],
  a[1],
  a[2].length ? a[2] : b[2],
  a[3] || b[3],
  a[4] || b[4],
]

const NEWEST = 2011
/** What missing dates look like. */
const NO_DATE = 'Dec 31 1969'

/** "Boot, Das" is Das Boot and "King Kong (1933)" names its year. */
function nameOf(raw: string, released: string): { title: string; year: number } {
  const [, named, inBrackets] = /^(.*?)(?: \((\d{4}|[\w ]*(?:Release|IMAX))\))?$/.exec(
    latin(raw).replace(/\s+/g, ' ').trim(),
  )!
  return {
    title: named!.replace(/^(.*), (The|An?|Das|Der|Die|Les|Le|La)$/, '$2 $1'),
    year: Number(inBrackets) || yearOf(released),
  }
}

/**
 * A film of "2027" came out in 1927; the last day of an older year was a bare year, read as New
 * Year's midnight west of Greenwich.
 */
function yearOf(released: string): number {
  const written = Number(/\d{4}$/.exec(released)![0])
  const year = written > NEWEST ? written - 100 : written
  return released.startsWith('Dec 31') && year < 1996 ? year + 1 : year
}

/** Windows-1252 bytes were once read as Mac OS Roman: "AmÈlie". */
const latin = (text: string) =>
  text.replace(/[^\u0000-\u007F³¢]/g, sign => ANSI.decode(Uint8Array.of(MAC.indexOf(sign) + 128))) // eslint-disable-line no-control-regex
const ANSI = new TextDecoder('windows-1252')
const MAC = new TextDecoder('macintosh').decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128))

const GENRES: Record<string, string[]> = {
  'Thriller/Suspense': ['Thriller'],
  'Romantic Comedy': ['Comedy', 'Romance'],
  'Black Comedy': ['Comedy'],
  'Concert/Performance': ['Documentary', 'Music'],
  'Science Fiction': ['Sci-Fi'],
  Fantasy: ['Fantasy'],
  'Kids Fiction': ['Family'],
  'Super Hero': ['Action'],
  ...Object.fromEntries(
    ['Drama', 'Comedy', 'Musical', 'Adventure', 'Action', 'Horror', 'Western', 'Documentary'].map(
      genre => [genre, [genre]],
    ),
  ),
}

const genresOf = (row: Row) => [
  ...new Set([row['Major Genre'], row['Creative Type']].flatMap(word => GENRES[word ?? ''] ?? [])),
]
