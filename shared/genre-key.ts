/** What makes two spellings one genre, and is its address: `Épouvante` and `epouvante`, `Sci-Fi` and `sci fi`. */
import { slugWords } from './slug'

export const genreKey = (genre: string): string => slugWords(genre)
